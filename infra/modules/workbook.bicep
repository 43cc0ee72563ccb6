// The portal's view of all executions: status, failures by state, durations, one execution in depth.
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
