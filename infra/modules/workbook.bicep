// The workbook of the portal: the status of all executions, failures by state, durations, and the details of one execution.
param workspaceId string
param location string
param tags object

resource workbook 'Microsoft.Insights/workbooks@2022-04-01' = {
  name: guid(workspaceId, 'stepflow')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: 'StepFlow executions'
    category: 'workbook'
    sourceId: workspaceId
    serializedData: replace(loadTextContent('../workbook.json'), 'WORKSPACE_ID', workspaceId)
  }
}
