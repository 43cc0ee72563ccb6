// Mails somebody when executions fail, or when work waits for too long.
param workspaceId string
param email string
param token string
param location string
param tags object

var receivers = empty(email) ? [] : [
  {
    name: 'owner'
    emailAddress: email
    useCommonAlertSchema: true
  }
]
var rules = [
  {
    name: 'failed-executions'
    title: 'Executions fail'
    severity: 2
    query: 'AppMetrics | where Name in ("ExecutionsFailed", "ExecutionsTimedOut") | summarize Failures = sum(Sum) by StateMachine = tostring(Properties["StateMachineArn"])'
    measure: 'Failures'
    threshold: 0
  }
  {
    name: 'backlog-age'
    title: 'Tasks wait for too long'
    severity: 2
    query: 'AppMetrics | where Name == "ActivityScheduleTime" | summarize OldestSeconds = max(Max) / 1000'
    measure: 'OldestSeconds'
    threshold: 300
  }
]

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-${token}'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'stepflow'
    emailReceivers: receivers
  }
}

resource alert 'Microsoft.Insights/scheduledQueryRules@2023-03-15-preview' = [for rule in rules: {
  name: '${rule.name}-${token}'
  location: location
  tags: tags
  properties: {
    displayName: rule.title
    severity: rule.severity
    enabled: true
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    scopes: [workspaceId]
    criteria: {
      allOf: [
        {
          query: rule.query
          metricMeasureColumn: rule.measure
          timeAggregation: 'Maximum'
          operator: 'GreaterThan'
          threshold: rule.threshold
        }
      ]
    }
    actions: {
      actionGroups: [people.id]
    }
  }
}]
