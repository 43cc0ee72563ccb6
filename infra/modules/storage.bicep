// The app's storage: Durable Functions' state (where it is the back end), state machines, histories, large payloads,
// uploads and renditions.
param name string
param principalId string
param operatorId string
param operatorType string
param allowedAddresses string[]
param networkSubnetId string
param location string
param tags object

var uploadsContainer = 'videos'
var rendersContainer = 'renditions'
var deadLettersContainer = 'dead-letters'
var stateContainers = ['stepflow-documents', 'stepflow-executions', 'stepflow-index', 'stepflow-history', 'stepflow-payloads', 'stepflow-answers']
var containers = concat(stateContainers, [uploadsContainer, rendersContainer, deadLettersContainer])

// Asynchronous Express executions wait in the first; the Functions host moves what fails again and again to the second.
var queueNames = ['stepflow-express', 'stepflow-express-poison']

// The three roles that AzureWebJobsStorage with an identity demands.
var roles = [
  'b7e6dc6d-f1e8-4753-8033-0f276bb0955b' // Storage Blob Data Owner
  '974c5e8b-45b9-4653-ba55-5f855dd0fb88' // Storage Queue Data Contributor
  '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3' // Storage Table Data Contributor
]

var operatorRoles = [
  'ba92f5b4-2d11-453d-a403-e96b0029c9fe' // Storage Blob Data Contributor
  '974c5e8b-45b9-4653-ba55-5f855dd0fb88' // Storage Queue Data Contributor
]

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: {
    name: 'Standard_ZRS'
  }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    networkAcls: {
      // Event Grid writes its dead letters as a trusted service.
      bypass: 'AzureServices'
      defaultAction: empty(networkSubnetId) ? 'Allow' : 'Deny'
      ipRules: [for range in (empty(networkSubnetId) ? [] : allowedAddresses): {
        value: range
        action: 'Allow'
      }]
      virtualNetworkRules: empty(networkSubnetId) ? [] : [
        {
          id: networkSubnetId
          action: 'Allow'
        }
      ]
    }
    supportsHttpsTrafficOnly: true
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2023-05-01' = {
  parent: account
  name: 'default'
  properties: {
    deleteRetentionPolicy: {
      enabled: true
      days: 7
    }
  }
}

resource container 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' = [for item in containers: {
  parent: blobs
  name: item
}]

resource queues 'Microsoft.Storage/storageAccounts/queueServices@2023-05-01' = {
  parent: account
  name: 'default'
}

resource queue 'Microsoft.Storage/storageAccounts/queueServices/queues@2023-05-01' = [for item in queueNames: {
  parent: queues
  name: item
}]

resource lifecycle 'Microsoft.Storage/storageAccounts/managementPolicies@2023-05-01' = {
  parent: account
  name: 'default'
  properties: {
    policy: {
      rules: [
        {
          // The app removes an execution's record and history 90 days after its end. What nobody can point at any more
          // (payloads kept by content, answered tokens, tasks that no worker took) goes a year and 95 days after it was written:
          // an execution may run for a year.
          name: 'remains'
          enabled: true
          type: 'Lifecycle'
          definition: {
            filters: {
              blobTypes: ['blockBlob', 'appendBlob']
              prefixMatch: ['stepflow-history/', 'stepflow-payloads/', 'stepflow-answers/', 'stepflow-documents/activity-tasks/']
            }
            actions: {
              baseBlob: {
                delete: {
                  daysAfterModificationGreaterThan: 460
                }
              }
            }
          }
        }
        {
          // Events of uploads that never reached the app.
          name: 'dead-letters'
          enabled: true
          type: 'Lifecycle'
          definition: {
            filters: {
              blobTypes: ['blockBlob']
              prefixMatch: ['${deadLettersContainer}/']
            }
            actions: {
              baseBlob: {
                delete: {
                  daysAfterModificationGreaterThan: 90
                }
              }
            }
          }
        }
        {
          name: 'uploads'
          enabled: true
          type: 'Lifecycle'
          definition: {
            filters: {
              blobTypes: ['blockBlob']
              prefixMatch: ['${uploadsContainer}/']
            }
            actions: {
              baseBlob: {
                tierToCool: {
                  daysAfterModificationGreaterThan: 30
                }
              }
            }
          }
        }
      ]
    }
  }
}

resource access 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for role in roles: {
  name: guid(account.id, principalId, role)
  scope: account
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
  }
}]

resource operates 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for role in operatorRoles: if (!empty(operatorId)) {
  name: guid(account.id, operatorId, role)
  scope: account
  properties: {
    principalId: operatorId
    principalType: operatorType
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
  }
}]

output name string = account.name
output blobEndpoint string = account.properties.primaryEndpoints.blob
output uploads string = uploadsContainer
output deadLetters string = deadLettersContainer
