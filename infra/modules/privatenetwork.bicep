// Private endpoints, in a subnet, of the app and of all resources that contain its data, and the private DNS zones that resolve
// their names in the network of that subnet.
param hostStorageId string
param workflowStorageId string
param databaseId string
param vaultId string
param appId string
param subnetId string
param location string
param tags object

// .../virtualNetworks/NAME/subnets/NAME
var networkId = substring(subnetId, 0, lastIndexOf(subnetId, '/subnets/'))

var zones = {
  blob: 'privatelink.blob.${environment().suffixes.storage}'
  queue: 'privatelink.queue.${environment().suffixes.storage}'
  table: 'privatelink.table.${environment().suffixes.storage}'
  Sql: 'privatelink.documents.azure.com'
  vault: 'privatelink.vaultcore.azure.net'
  sites: 'privatelink.azurewebsites.net'
}
var endpoints = [
  {
    name: 'host-blob'
    part: 'blob'
    targetId: hostStorageId
  }
  {
    name: 'host-queue'
    part: 'queue'
    targetId: hostStorageId
  }
  {
    name: 'host-table'
    part: 'table'
    targetId: hostStorageId
  }
  {
    name: 'workflow-blob'
    part: 'blob'
    targetId: workflowStorageId
  }
  {
    name: 'workflow-queue'
    part: 'queue'
    targetId: workflowStorageId
  }
  {
    name: 'database'
    part: 'Sql'
    targetId: databaseId
  }
  {
    name: 'vault'
    part: 'vault'
    targetId: vaultId
  }
  {
    name: 'app'
    part: 'sites'
    targetId: appId
  }
]

resource zone 'Microsoft.Network/privateDnsZones@2020-06-01' = [for item in items(zones): {
  name: item.value
  location: 'global'
  tags: tags
}]

resource link 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2020-06-01' = [for (item, at) in items(zones): {
  parent: zone[at]
  name: 'stepflow'
  location: 'global'
  tags: tags
  properties: {
    registrationEnabled: false
    virtualNetwork: {
      id: networkId
    }
  }
}]

// One after the other, because a storage account accepts only one change of its connections at a time.
@batchSize(1)
module endpoint 'privateendpoint.bicep' = [for item in endpoints: {
  name: 'private-${item.name}'
  params: {
    name: 'pe-${item.name}-${uniqueString(item.targetId)}'
    targetId: item.targetId
    part: item.part
    subnetId: subnetId
    zoneId: resourceId('Microsoft.Network/privateDnsZones', zones[item.part])
    location: location
    tags: tags
  }
  dependsOn: [link]
}]
