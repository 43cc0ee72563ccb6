// The account of the Functions host and of executions: Durable Functions' state (where it is the back end), state machines,
// records, histories, large payloads, activity tasks, waiting Express executions. Workflows have no access to it.
param name string
param principalId string
param operatorId string
param operatorType string
param allowedAddresses string[]
param networkSubnetId string
param location string
param tags object

var stateContainers = ['stepflow-documents', 'stepflow-executions', 'stepflow-index', 'stepflow-history', 'stepflow-payloads', 'stepflow-answers', 'stepflow-map-runs']
var deadLettersContainer = 'dead-letters'

// Packages of the app on Flex Consumption.
var packagesContainer = 'app-packages'

module account 'storageaccount.bicep' = {
  name: 'host-storage-account'
  params: {
    name: name
    containers: concat(stateContainers, [deadLettersContainer, packagesContainer])
    // Asynchronous Express executions wait in the first. The Functions host moves messages that fail repeatedly to the second.
    queues: ['stepflow-express', 'stepflow-express-poison']
    lifecycleRules: [
      {
        // The app removes the record and history of an execution 90 days after its end. Blobs that several executions can use, or
        // none (payloads, used task tokens, tasks that no worker took), are deleted a year and 95 days after they were
        // written, because an execution can run for a year.
        name: 'remains'
        blobTypes: ['blockBlob', 'appendBlob']
        prefixes: ['stepflow-history/', 'stepflow-payloads/', 'stepflow-answers/', 'stepflow-map-runs/', 'stepflow-documents/activity-tasks/']
        actions: {
          delete: {
            daysAfterModificationGreaterThan: 460
          }
        }
      }
      {
        // Events of uploads that could not be delivered to the app.
        name: 'dead-letters'
        blobTypes: ['blockBlob']
        prefixes: ['${deadLettersContainer}/']
        actions: {
          delete: {
            daysAfterModificationGreaterThan: 90
          }
        }
      }
    ]
    // The three roles that AzureWebJobsStorage requires if it uses an identity.
    roles: [
      'b7e6dc6d-f1e8-4753-8033-0f276bb0955b' // Storage Blob Data Owner
      '974c5e8b-45b9-4653-ba55-5f855dd0fb88' // Storage Queue Data Contributor
      '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3' // Storage Table Data Contributor
    ]
    // To read dead letters and the messages of the poison queue, and to send them again.
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
output deadLetters string = deadLettersContainer
output packagesUrl string = '${account.outputs.blobEndpoint}${packagesContainer}'
