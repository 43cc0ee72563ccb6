// The account for workflows: uploads, renditions, and the blobs that definitions name. It contains nothing of the Functions
// host or of executions, so no definition can read or change those.
param name string
param principalId string
param operatorId string
param operatorType string
param allowedAddresses string[]
param networkSubnetId string
param location string
param tags object

var uploadsContainer = 'videos'
var jobsContainer = 'stepflow-jobs' // inputs and results of functions that a job runs
var rendersContainer = 'renditions'

module account 'storageaccount.bicep' = {
  name: 'workflow-storage-account'
  params: {
    name: name
    containers: [uploadsContainer, rendersContainer, jobsContainer]
    // The blob trigger moves uploads that fail repeatedly to this queue.
    queues: ['webjobs-blobtrigger-poison']
    lifecycleRules: [
      {
        name: 'uploads'
        blobTypes: ['blockBlob']
        prefixes: ['${uploadsContainer}/']
        actions: {
          tierToCool: {
            daysAfterModificationGreaterThan: 30
          }
        }
      }
      {
        name: 'jobs'
        blobTypes: ['blockBlob']
        prefixes: ['${jobsContainer}/']
        actions: {
          delete: {
            daysAfterModificationGreaterThan: 14
          }
        }
      }
    ]
    roles: [
      'ba92f5b4-2d11-453d-a403-e96b0029c9fe' // Storage Blob Data Contributor
      '974c5e8b-45b9-4653-ba55-5f855dd0fb88' // Storage Queue Data Contributor
    ]
    operatorRoles: [
      'ba92f5b4-2d11-453d-a403-e96b0029c9fe' // Storage Blob Data Contributor
      '974c5e8b-45b9-4653-ba55-5f855dd0fb88' // Storage Queue Data Contributor
    ]
    principalId: principalId
    operatorId: operatorId
    operatorType: operatorType
    allowedAddresses: allowedAddresses
    networkSubnetId: networkSubnetId
    location: location
    tags: tags
  }
}

output id string = account.outputs.id
output name string = account.outputs.name
output blobEndpoint string = account.outputs.blobEndpoint
output queueEndpoint string = account.outputs.queueEndpoint
output uploads string = uploadsContainer
