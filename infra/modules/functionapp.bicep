// The app: code on Flex Consumption, which scales to zero, or a container with ffmpeg on Elastic Premium. README.md says which to choose.
@sys.allowed(['FlexConsumption', 'ElasticPremium'])
param hosting string
param name string
param planName string
param allowedAddresses string[]
param networkSubnetId string
param privateEndpointSubnetId string
param location string
param tags object
param image string
param identityId string
param identityClientId string
param hostStorageName string
param packagesUrl string
param videoJob bool
param transcodingJobId string
param workflowBlobEndpoint string
param workflowQueueEndpoint string
param registryEndpoint string
param insightsConnectionString string
param serviceBusNamespace string
param cosmosEndpoint string
param schedulerConnectionString string
param taskHubName string

@description('Client id of the app registration for sign-in. Empty for no sign-in.')
param signInClientId string

@description('Maximum number of instances. Flex Consumption needs at least 40.')
@minValue(1)
@maxValue(100)
param maximumInstances int = 20

var isFlex = hosting == 'FlexConsumption'

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: planName
  location: location
  tags: tags
  kind: isFlex ? 'functionapp' : 'elastic'
  sku: isFlex ? {
    name: 'FC1'
    tier: 'FlexConsumption'
  } : {
    name: 'EP1'
    tier: 'ElasticPremium'
  }
  properties: isFlex ? {
    reserved: true
  } : {
    reserved: true
    maximumElasticWorkerCount: maximumInstances
  }
}

// Settings that a container needs. Flex Consumption rejects them, because its runtime is set in functionAppConfig.
var containerSettings = isFlex ? [] : [
  {
    name: 'FUNCTIONS_EXTENSION_VERSION'
    value: '~4'
  }
  {
    name: 'FUNCTIONS_WORKER_RUNTIME'
    value: 'dotnet-isolated'
  }
  {
    // The code is in the image: no file share is mounted, so no WEBSITE_CONTENT… setting (and no storage key) is needed.
    name: 'WEBSITES_ENABLE_APP_SERVICE_STORAGE'
    value: 'false'
  }
  {
    name: 'DOCKER_REGISTRY_SERVER_URL'
    value: 'https://${registryEndpoint}'
  }
]

// Definitions call it by this name: batch:submitJob.sync, ecs:runTask.sync, azure:containerapps:startJob.sync.
var jobSettings = empty(transcodingJobId) ? [] : [
  {
    name: 'StepFlow__Jobs__transcode__ContainerAppsJob'
    value: transcodingJobId
  }
]

// If the job runs the functions of the video pipeline, the app needs no ffmpeg.
var videoSettings = videoJob ? [
  {
    name: 'StepFlow__Video__Job'
    value: 'transcode'
  }
] : []

var useScheduler = !empty(schedulerConnectionString)
var schedulerSettings = useScheduler ? [
  {
    name: 'DURABLE_TASK_SCHEDULER_CONNECTION_STRING'
    value: '${schedulerConnectionString};ClientID=${identityClientId}'
  }
  {
    name: 'AzureFunctionsJobHost__extensions__durableTask__storageProvider__type'
    value: 'azureManaged'
  }
  {
    name: 'AzureFunctionsJobHost__extensions__durableTask__storageProvider__connectionStringName'
    value: 'DURABLE_TASK_SCHEDULER_CONNECTION_STRING'
  }
] : []

// People and apps sign in with Entra ID. Function keys and access keys still work.
var issuer = uri(environment().authentication.loginEndpoint, '${tenant().tenantId}/v2.0')
var signInSettings = empty(signInClientId) ? [] : [
  {
    name: 'StepFlow__SignIn__Issuer'
    value: issuer
  }
  {
    name: 'StepFlow__SignIn__Audience'
    value: signInClientId
  }
  {
    // App Service names the caller in a header, and removes that header from what callers send.
    name: 'StepFlow__SignIn__AppService'
    value: 'true'
  }
]

// Event Grid reports uploads, so it has access even if the app is closed to other addresses.
var isClosed = !empty(allowedAddresses) || !empty(privateEndpointSubnetId)
var eventGrid = {
  name: 'event-grid'
  priority: 90
  action: 'Allow'
  tag: 'ServiceTag'
  ipAddress: 'AzureEventGrid'
}
var allowed = [for (range, at) in allowedAddresses: {
  name: 'allowed-${at}'
  priority: 100 + at
  action: 'Allow'
  ipAddress: range
}]

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: name
  location: location
  tags: tags
  kind: isFlex ? 'functionapp,linux' : 'functionapp,linux,container'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    clientAffinityEnabled: false
    keyVaultReferenceIdentity: identityId
    virtualNetworkSubnetId: empty(networkSubnetId) ? null : networkSubnetId
    functionAppConfig: isFlex ? {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packagesUrl
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      runtime: {
        name: 'dotnet-isolated'
        version: '10.0'
      }
      scaleAndConcurrency: {
        instanceMemoryMB: 2048
        maximumInstanceCount: max(maximumInstances, 40)
      }
    } : null
    siteConfig: {
      linuxFxVersion: isFlex ? null : 'DOCKER|${image}'
      acrUseManagedIdentityCreds: isFlex ? null : true
      acrUserManagedIdentityID: isFlex ? null : identityClientId
      vnetRouteAllEnabled: isFlex ? null : !empty(networkSubnetId)
      functionsRuntimeScaleMonitoringEnabled: isFlex ? null : true
      ipSecurityRestrictionsDefaultAction: isClosed ? 'Deny' : 'Allow'
      ipSecurityRestrictions: isClosed ? concat([eventGrid], allowed) : []
      scmIpSecurityRestrictionsUseMain: true
      ftpsState: 'Disabled'
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      appSettings: concat(containerSettings, [
        {
          name: 'AZURE_CLIENT_ID'
          value: identityClientId
        }
        {
          name: 'APPLICATIONINSIGHTS_CONNECTION_STRING'
          value: insightsConnectionString
        }
        {
          name: 'APPLICATIONINSIGHTS_AUTHENTICATION_STRING'
          value: 'Authorization=AAD;ClientId=${identityClientId}'
        }
        {
          name: 'AzureWebJobsStorage__accountName'
          value: hostStorageName
        }
        {
          name: 'AzureWebJobsStorage__credential'
          value: 'managedidentity'
        }
        {
          name: 'AzureWebJobsStorage__clientId'
          value: identityClientId
        }
        {
          // Blobs and queues of workflows, and uploads. This is not the account of the host.
          name: 'WorkflowStorage__blobServiceUri'
          value: workflowBlobEndpoint
        }
        {
          name: 'WorkflowStorage__queueServiceUri'
          value: workflowQueueEndpoint
        }
        {
          name: 'WorkflowStorage__credential'
          value: 'managedidentity'
        }
        {
          name: 'WorkflowStorage__clientId'
          value: identityClientId
        }
        {
          name: 'ServiceBus__fullyQualifiedNamespace'
          value: serviceBusNamespace
        }
        {
          name: 'ServiceBus__credential'
          value: 'managedidentity'
        }
        {
          name: 'ServiceBus__clientId'
          value: identityClientId
        }
        {
          name: 'StepFlow__Cosmos__Endpoint'
          value: cosmosEndpoint
        }
        {
          // Event Grid reports uploads. Only emulators need scanning.
          name: 'AzureWebJobs.VideoScanned.Disabled'
          value: 'true'
        }
        {
          // Microsoft.Data.SqlClient refuses to connect to SQL Server without cultures. The runtime's image has ICU.
          name: 'DOTNET_SYSTEM_GLOBALIZATION_INVARIANT'
          value: 'false'
        }
        {
          name: 'TASK_HUB_NAME'
          value: taskHubName
        }
      ], schedulerSettings, signInSettings, jobSettings, videoSettings)
    }
  }
}

resource signIn 'Microsoft.Web/sites/config@2024-04-01' = if (!empty(signInClientId)) {
  parent: app
  name: 'authsettingsV2'
  properties: {
    platform: {
      enabled: true
    }
    globalValidation: {
      // The app itself checks access, because AWS clients, function keys and Event Grid do not sign in with Entra ID.
      requireAuthentication: false
      unauthenticatedClientAction: 'AllowAnonymous'
    }
    identityProviders: {
      azureActiveDirectory: {
        enabled: true
        registration: {
          openIdIssuer: issuer
          clientId: signInClientId
        }
        validation: {
          allowedAudiences: [signInClientId]
        }
      }
    }
    login: {
      tokenStore: {
        enabled: false
      }
    }
  }
}

resource ftpSignIn 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-04-01' = {
  parent: app
  name: 'ftp'
  properties: {
    allow: false
  }
}

resource scmSignIn 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-04-01' = {
  parent: app
  name: 'scm'
  properties: {
    allow: false
  }
}

output id string = app.id
output name string = app.name
output endpoint string = 'https://${app.properties.defaultHostName}'
