namespace StepFlow.Language.Validation;

/// <summary>
/// The Resource of an ItemReader must be one that reads, and that of a ResultWriter one that writes, with the required parameters ("ItemReader" and "ResultWriter" in
/// the developer guide). The rule applies when a state machine is created. Existing ones still run.
/// </summary>
internal sealed class MapStorageRule : StateRule
{
    private static readonly string[] Readers = ["getObject", "listObjectsV2"];
    private static readonly string[] Writers = ["putObject"];

    public override void Check(State state, ValidationContext context)
    {
        if (context.Integrations is null || state is not MapState map)
        {
            return;
        }

        if (map.ItemReader is { Resource: { } reads } reader)
        {
            Check(reader, reads, Readers, map, context);
        }

        if (map.ResultWriter is { Resource: { } writes } writer)
        {
            Check(writer, writes, Writers, map, context);
        }
    }

    private static void Check(DefinitionNode node, string text, string[] actions, MapState map, ValidationContext context)
    {
        if (TaskResourceRule.HoldsSubstitution(text))
        {
            context.Diagnostics.Schema(DiagnosticMessages.InvalidResource, node.Location + "/Resource");
        }
        else if (TaskResource.Parse(text) is not { Service: "s3", Pattern: TaskPattern.RequestResponse } resource || !actions.Contains(resource.Action))
        {
            context.Diagnostics.Schema(DiagnosticMessages.ResourceNotRecognised(text), node.Location + "/Resource");
        }

        if (map.QueryLanguage == QueryLanguage.JsonPath)
        {
            FieldSets.CheckRequired(node, context, "Parameters");
        }
    }
}
