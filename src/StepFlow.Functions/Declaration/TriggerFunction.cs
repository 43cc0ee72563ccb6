namespace StepFlow.Functions.Declaration;

/// <summary>The function of a trigger in the settings.</summary>
/// <param name="Trigger">The trigger's name in the settings.</param>
/// <param name="Template">The function whose method it runs.</param>
/// <param name="Binding">What its trigger binding has instead of the template's.</param>
internal sealed record TriggerFunction(string Name, string Trigger, string Template, JsonObject Binding);
