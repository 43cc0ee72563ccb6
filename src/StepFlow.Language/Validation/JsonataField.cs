namespace StepFlow.Language.Validation;

/// <summary>A string in a field that JSONata evaluates.</summary>
/// <param name="Text">The string as written.</param>
/// <param name="Scope">Which parts of <c>$states</c> an expression there can see.</param>
internal readonly record struct JsonataField(string Text, string Location, JsonataScope Scope);
