param token string
param location string
param tags object
param identityId string
param identityClientId string
param storage { blob: string, queue: string, package: string }
param keyVaultUri string
param applicationInsightsConnectionString string
param nightlySchedule string
param nightlyHour int
param nightlyTimeZone string
param changesSchedule string
param watchSchedule string
param pipeline object
param maximumInstanceCount int

@description('The subnet the app calls from; empty for none.')
param subnetId string

@description('The app registration in Entra ID by which people sign in to the status page; empty leaves sign-in off, and the page closed.')
param signInClientId string

// By this name the platform takes the app's identity for the registration's secret, so that there is none to run out.
var identityAsSecret = 'OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID'

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: 'plan-edufunctions-${token}'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: 'func-edufunctions-${token}'
  location: location
  tags: union(tags, { 'azd-service-name': 'app' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    siteConfig: { minTlsVersion: '1.2' }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: storage.package
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identityId }
        }
      }
      // Exactly '10.0': '10' is taken without a word, and the app never starts.
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      scaleAndConcurrency: {
        maximumInstanceCount: maximumInstanceCount
        // host.json lets an instance work on three messages of a queue at once, and each may need 1 GB.
        instanceMemoryMB: 4096
      }
    }
  }

  resource settings 'config' = {
    name: 'appsettings'
    properties: union(
      {
        AzureWebJobsStorage__credential: 'managedidentity'
        AzureWebJobsStorage__clientId: identityClientId
        AzureWebJobsStorage__blobServiceUri: storage.blob
        AzureWebJobsStorage__queueServiceUri: storage.queue
        APPLICATIONINSIGHTS_CONNECTION_STRING: applicationInsightsConnectionString
        APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
        AZURE_CLIENT_ID: identityClientId
        KeyVaultUri: keyVaultUri
        NightlySchedule: nightlySchedule
        NightlyHour: string(nightlyHour)
        NightlyTimeZone: nightlyTimeZone
        ChangesSchedule: changesSchedule
        WatchSchedule: watchSchedule

        // The status page stands at the root.
        AzureWebJobsDisableHomepage: 'true'
      },
      empty(signInClientId) ? {} : { '${identityAsSecret}': identityClientId },
      toObject(items(pipeline), limit => 'Pipeline__${limit.key}', limit => limit.value)
    )
  }

  // The health check and the API's description are open; all else asks who it is, and then for a role (docs/api.md).
  resource signIn 'config' = if (!empty(signInClientId)) {
    name: 'authsettingsV2'
    properties: {
      platform: { enabled: true }
      globalValidation: {
        requireAuthentication: true
        unauthenticatedClientAction: 'RedirectToLoginPage'
        redirectToProvider: 'azureactivedirectory'
        excludedPaths: ['/api/health', '/api/openapi.json']
      }
      httpSettings: { requireHttps: true, forwardProxy: { convention: 'NoProxy' } }
      identityProviders: {
        azureActiveDirectory: {
          enabled: true
          registration: {
            clientId: signInClientId
            clientSecretSettingName: identityAsSecret
            openIdIssuer: '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'
          }
          validation: { allowedAudiences: [signInClientId, 'api://${signInClientId}'] }
        }
      }
      login: { tokenStore: { enabled: false } }
    }
    dependsOn: [settings]
  }

  // The app is published with an identity too, never with a password.
  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }
}

output name string = app.name
