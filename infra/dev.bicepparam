using 'main.bicep'

param environmentName = 'dev'
param location = 'swedencentral'
