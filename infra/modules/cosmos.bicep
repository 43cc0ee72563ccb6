// The tables that tasks read and write.
param name string
param principalId string
param allowedAddresses string[]
param networkSubnetId string
param location string
param tags object

var databaseName = 'stepflow'
var tables = ['videos']
var dataContributor = '00000000-0000-0000-0000-000000000002' // Cosmos DB Built-in Data Contributor

resource account 'Microsoft.DocumentDB/databaseAccounts@2024-05-15' = {
  name: name
  location: location
  tags: tags
  kind: 'GlobalDocumentDB'
  properties: {
    databaseAccountOfferType: 'Standard'
    capabilities: [
      {
        name: 'EnableServerless'
      }
    ]
    consistencyPolicy: {
      defaultConsistencyLevel: 'Session'
    }
    disableLocalAuth: true
    isVirtualNetworkFilterEnabled: !empty(networkSubnetId)
    ipRules: [for range in (empty(networkSubnetId) ? [] : allowedAddresses): {
      ipAddressOrRange: range
    }]
    virtualNetworkRules: empty(networkSubnetId) ? [] : [
      {
        id: networkSubnetId
      }
    ]
    locations: [
      {
        locationName: location
        failoverPriority: 0
      }
    ]
  }
}

resource database 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases@2024-05-15' = {
  parent: account
  name: databaseName
  properties: {
    resource: {
      id: databaseName
    }
  }
}

resource table 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers@2024-05-15' = [for item in tables: {
  parent: database
  name: item
  properties: {
    resource: {
      id: item
      defaultTtl: -1 // Only what asks for it expires: the outcomes of calls.
      partitionKey: {
        kind: 'Hash'
        paths: ['/pk']
      }
    }
  }
}]

resource access 'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments@2024-05-15' = {
  parent: account
  name: guid(account.id, principalId, dataContributor)
  properties: {
    principalId: principalId
    roleDefinitionId: '${account.id}/sqlRoleDefinitions/${dataContributor}'
    scope: account.id
  }
}

output id string = account.id
output endpoint string = account.properties.documentEndpoint
