namespace StepFlow.Integrations.Tasks;

/// <summary>The bare name in what a definition calls a queue or topic by: a name, a URL, an ARN.</summary>
internal static class ResourceName
{
    public static string Of(string text)
    {
        string trimmed = text.TrimEnd('/');
        int at = trimmed.LastIndexOfAny(['/', ':']);
        return at < 0 ? trimmed : trimmed[(at + 1)..];
    }
}
