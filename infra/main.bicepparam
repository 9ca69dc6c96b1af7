using 'main.bicep'

// What azd deploys: its environment says which and where.
param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'dev')
param location = readEnvironmentVariable('AZURE_LOCATION', 'swedencentral')
param operatorId = readEnvironmentVariable('AZURE_PRINCIPAL_ID', '')
param alertReceivers = filter(split(readEnvironmentVariable('ALERT_RECEIVERS', ''), ','), address => !empty(address))
param signInClientId = readEnvironmentVariable('SIGN_IN_CLIENT_ID', '')
param privateEndpoints = bool(readEnvironmentVariable('PRIVATE_ENDPOINTS', 'false'))
