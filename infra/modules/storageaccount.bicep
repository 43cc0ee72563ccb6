// A storage account with sign-in by Entra ID only. If a subnet is given, other networks have no access.
param name string
param containers string[]
param queues string[]
param lifecycleRules object[]

@description('Role ids of the app\'s identity.')
param roles string[]
param principalId string

@description('Role ids of the operator.')
param operatorRoles string[]
param operatorId string
param operatorType string
param allowedAddresses string[]
param networkSubnetId string
param location string
param tags object

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
      // Event Grid reads events of one account and writes its dead letters to the other as a trusted service.
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

resource queueService 'Microsoft.Storage/storageAccounts/queueServices@2023-05-01' = {
  parent: account
  name: 'default'
}

resource queue 'Microsoft.Storage/storageAccounts/queueServices/queues@2023-05-01' = [for item in queues: {
  parent: queueService
  name: item
}]

resource lifecycle 'Microsoft.Storage/storageAccounts/managementPolicies@2023-05-01' = {
  parent: account
  name: 'default'
  properties: {
    policy: {
      rules: [for rule in lifecycleRules: {
        name: rule.name
        enabled: true
        type: 'Lifecycle'
        definition: {
          filters: {
            blobTypes: rule.blobTypes
            prefixMatch: rule.prefixes
          }
          actions: {
            baseBlob: rule.actions
          }
        }
      }]
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

output id string = account.id
output name string = account.name
output blobEndpoint string = account.properties.primaryEndpoints.blob
output queueEndpoint string = account.properties.primaryEndpoints.queue
