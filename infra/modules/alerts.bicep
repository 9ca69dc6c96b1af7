param token string
param location string
param tags object
param workspaceId string

@description('Mail addresses of whoever looks after the environment.')
param receivers string[]

type alert = {
  name: string
  title: string
  severity: int

  @description('Rows of it are what is wrong, by tenant.')
  query: string

  @description('How far back it looks, as an ISO 8601 duration.')
  window: string
}

// Metrics, because they are never sampled; their names and dimensions are those of docs/operations.md.
var alerts alert[] = [
  {
    name: 'hold'
    title: 'A run is held'
    severity: 2
    query: 'AppMetrics | where Name == "edufunctions.runs" and tostring(Properties.state) == "held" | extend tenant = tostring(Properties.tenant)'
    window: 'PT30M'
  }
  {
    name: 'failure'
    title: 'A run failed'
    severity: 1
    query: 'AppMetrics | where Name == "edufunctions.runs" and tostring(Properties.state) == "failed" | extend tenant = tostring(Properties.tenant)'
    window: 'PT30M'
  }
  {
    name: 'poison'
    title: 'A message failed for good'
    severity: 1
    query: 'AppMetrics | where Name == "edufunctions.poison" | extend tenant = tostring(Properties.tenant)'
    window: 'PT30M'
  }
  {
    name: 'freshness'
    title: 'A feed is not up to date'
    severity: 1
    query: 'AppMetrics | where Name == "edufunctions.freshness" and tostring(Properties.state) == "stale" | extend tenant = tostring(Properties.tenant)'
    window: 'PT2H'
  }
  {
    name: 'budget'
    title: 'A source allows no more calls today'
    severity: 2
    query: 'AppMetrics | where Name == "edufunctions.budget.left" and Min < 1 | extend tenant = tostring(Properties.tenant)'
    window: 'PT2H'
  }
  {
    name: 'planner'
    title: 'No night was begun'
    severity: 1
    query: 'AppMetrics | where Name == "edufunctions.planner.age" and tostring(Properties.state) == "stale" | extend tenant = "all"'
    window: 'PT2H'
  }
  {
    // Whoever says that something is wrong may be gone, too.
    name: 'silence'
    title: 'Nobody looks after the tenants'
    severity: 1
    query: 'AppMetrics | where Name == "edufunctions.watches" | summarize watches = count() | where watches == 0 | extend tenant = "all"'
    window: 'PT3H'
  }
]

resource group 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-edufunctions-${token}'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'edufunctions'
    emailReceivers: [
      for (address, i) in receivers: {
        name: 'receiver${i}'
        emailAddress: address
        useCommonAlertSchema: true
      }
    ]
  }
}

resource rule 'Microsoft.Insights/scheduledQueryRules@2023-03-15-preview' = [
  for each in alerts: {
    name: 'alert-edufunctions-${each.name}-${token}'
    location: location
    tags: tags
    properties: {
      displayName: 'EduFunctions: ${each.title}'
      severity: each.severity
      enabled: true
      autoMitigate: true
      scopes: [workspaceId]
      evaluationFrequency: 'PT15M'
      windowSize: each.window

      // The table is made by the first telemetry, after the rule.
      skipQueryValidation: true
      criteria: {
        allOf: [
          {
            query: each.query
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: 0
            dimensions: [{ name: 'tenant', operator: 'Include', values: ['*'] }]
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: { actionGroups: [group.id] }
    }
  }
]
