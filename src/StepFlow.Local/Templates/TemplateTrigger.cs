namespace StepFlow.Local.Templates;

/// <summary>What starts a machine of a template.</summary>
/// <param name="Machine">The machine's name.</param>
/// <param name="Id">The trigger's name in the template.</param>
/// <param name="Kind">Its kind, in the words of SAM: <c>Schedule</c>, <c>EventBridgeRule</c>, <c>Api</c>.</param>
/// <param name="Settings">Its settings, as the template has them, with intrinsic functions resolved.</param>
internal sealed record TemplateTrigger(string Machine, string Id, string Kind, JsonObject Settings);
