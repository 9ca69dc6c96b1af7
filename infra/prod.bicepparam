using 'main.bicep'

param environmentName = 'prod'
param location = 'swedencentral'
param storageSku = 'Standard_ZRS'
param maximumInstanceCount = 100
param logRetentionDays = 90
