using 'main.bicep'

param environmentName = 'prod'
param location = 'swedencentral'

// Who deploys is a pipeline, which has no business with secrets; name a group.
param operatorId = ''

// Snapshots and secrets have no public address: files are put into place from within the network.
param privateEndpoints = true
param storageSku = 'Standard_ZRS'
param maximumInstanceCount = 100
param logRetentionDays = 90
