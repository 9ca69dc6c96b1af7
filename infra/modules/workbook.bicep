param location string
param tags object
param workspaceId string

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(workspaceId, 'edufunctions')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: 'EduFunctions: the nights'
    category: 'workbook'
    sourceId: workspaceId
    serializedData: string(loadJsonContent('../workbook.json'))
  }
}
