using 'main.bicep'

param environmentName = 'prod'
param location = 'swedencentral'

// Who deploys is a pipeline, which has no business with secrets; name a group.
param operatorId = ''
param storageSku = 'Standard_ZRS'
param maximumInstanceCount = 100
param logRetentionDays = 90
