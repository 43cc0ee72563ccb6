namespace StepFlow.Integrations.Functions;

/// <summary>A function as a definition names it: <c>NAME</c>, <c>NAME:QUALIFIER</c>, or an ARN, whole or in part (Lambda API, FunctionName).</summary>
/// <param name="Name">The bare name.</param>
/// <param name="Qualifier">The version or alias; null for none.</param>
internal readonly record struct FunctionName(string Name, string? Qualifier)
{
    public static FunctionName Parse(string text)
    {
        int at = text.IndexOf(":function:", StringComparison.Ordinal);
        string[] parts = (at < 0 ? text : text[(at + ":function:".Length)..]).Split(':', 2);
        return new(parts[0], parts.Length == 2 && parts[1].Length > 0 ? parts[1] : null);
    }
}
