targetScope = 'subscription'

@description('Short name of the environment, such as dev or prod; part of the names of all resources.')
@minLength(1)
@maxLength(20)
param environmentName string

@description('Region: of those with the plan Flex Consumption the ones within the EU, because the data are those of pupils.')
@allowed(['swedencentral', 'northeurope', 'westeurope', 'germanywestcentral', 'francecentral'])
@metadata({ azd: { type: 'location' } })
param location string

// Flex Consumption knows no time zone but UTC (WEBSITE_TIME_ZONE is not heard), so the timer ticks every hour and the app knows whose night begins.
@description('When somebody looks whose night begins, as an NCRONTAB expression in UTC; every hour.')
param nightlySchedule string = '0 30 * * * *'

@description('The hour in which the night begins, by the clock of each tenant\'s own time zone.')
@minValue(0)
@maxValue(23)
param nightlyHour int = 19

@description('The time zone of tenants whose file cannot be read (IANA name).')
param nightlyTimeZone string = 'Europe/Stockholm'

@description('When changes are pulled of the tenants whose sources tell them (source.changes), once pipeline has ChangesByTimer true.')
param changesSchedule string = '0 50 * * * *'

@description('When somebody looks after the tenants; often enough for the alerts, which wait two hours.')
param watchSchedule string = '0 10 * * * *'

@description('Limits of the machinery that are not to be the usual ones, by their names without "Pipeline__" (docs/operations.md).')
param pipeline object = {}

@description('Mail addresses of whoever looks after the environment.')
param alertReceivers string[] = []

@description('Object id of the person or group that puts tenant files and secrets into place; empty for nobody.')
param operatorId string = deployer().objectId

@description('The longest privacy.snapshotRetentionDays of any tenant.')
@minValue(1)
@maxValue(3650)
param snapshotRetentionDays int = 30

@description('Whether storage and key vault are reached by private endpoints alone, and the app goes out by one fixed address.')
param privateEndpoints bool = false

@description('Client id of the app registration by which people sign in to the status page (docs/azure.md); empty leaves the page closed.')
param signInClientId string = ''

@description('Redundancy of the storage account.')
@allowed(['Standard_LRS', 'Standard_ZRS'])
param storageSku string = 'Standard_LRS'

@description('The most instances at work at the same time.')
@minValue(40)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('How long telemetry is kept.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 30

var tags = { 'azd-env-name': environmentName }
var token = uniqueString(subscription().id, environmentName, location)

resource group 'Microsoft.Resources/resourceGroups@2024-11-01' = {
  name: 'rg-edufunctions-${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: {
    name: 'id-edufunctions-${token}'
    location: location
    tags: tags
  }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    retentionDays: logRetentionDays
    principalId: identity.outputs.principalId
  }
}

module alerts 'modules/alerts.bicep' = {
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    receivers: alertReceivers
  }
}

module workbook 'modules/workbook.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
  }
}

module storage 'modules/storage.bicep' = {
  scope: group
  params: {
    name: 'stedu${token}'
    location: location
    tags: tags
    sku: storageSku
    principalId: identity.outputs.principalId
    operatorId: operatorId
    snapshotRetentionDays: snapshotRetentionDays
    isPrivate: privateEndpoints
    workspaceId: monitoring.outputs.workspaceId
  }
}

module vault 'modules/vault.bicep' = {
  scope: group
  params: {
    name: 'kv-edu-${token}'
    location: location
    tags: tags
    principalId: identity.outputs.principalId
    operatorId: operatorId
    isPrivate: privateEndpoints
    workspaceId: monitoring.outputs.workspaceId
  }
}

module network 'modules/network.bicep' = if (privateEndpoints) {
  scope: group
  params: {
    token: token
    location: location
    tags: tags
  }
}

var privateServices = [
  { name: 'blob', zone: 'privatelink.blob.${environment().suffixes.storage}' }
  { name: 'queue', zone: 'privatelink.queue.${environment().suffixes.storage}' }
  { name: 'vault', zone: 'privatelink.vaultcore.azure.net' }
]

module endpoints 'modules/privateEndpoint.bicep' = [
  for service in privateServices: if (privateEndpoints) {
    scope: group
    params: {
      name: service.name
      token: token
      location: location
      tags: tags
      targetId: service.name == 'vault' ? vault.outputs.id : storage.outputs.id
      service: service.name
      zoneName: service.zone
      networkId: network!.outputs.id
      subnetId: network!.outputs.endpointSubnetId
    }
  }
]

module functionApp 'modules/functionApp.bicep' = {
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    storage: storage.outputs.endpoints
    keyVaultUri: vault.outputs.uri
    applicationInsightsConnectionString: monitoring.outputs.connectionString
    nightlySchedule: nightlySchedule
    nightlyHour: nightlyHour
    nightlyTimeZone: nightlyTimeZone
    changesSchedule: changesSchedule
    watchSchedule: watchSchedule
    pipeline: pipeline
    subnetId: privateEndpoints ? network!.outputs.appSubnetId : ''
    signInClientId: signInClientId
    maximumInstanceCount: maximumInstanceCount
  }
}

output AZURE_LOCATION string = location
output AZURE_TENANT_ID string = tenant().tenantId
output AZURE_RESOURCE_GROUP string = group.name
output AZURE_FUNCTION_NAME string = functionApp.outputs.name
output AZURE_KEY_VAULT_ENDPOINT string = vault.outputs.uri
output OUTBOUND_ADDRESS string = privateEndpoints ? network!.outputs.outboundAddress : ''
output AZURE_IDENTITY_PRINCIPAL_ID string = identity.outputs.principalId
output AZURE_STORAGE_BLOB_ENDPOINT string = storage.outputs.endpoints.blob
