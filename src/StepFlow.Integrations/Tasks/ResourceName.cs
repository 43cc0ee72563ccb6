namespace StepFlow.Integrations.Tasks;

/// <summary>The bare name of a queue or topic, from a name, a URL or an ARN.</summary>
internal static class ResourceName
{
    public static string Of(string text)
    {
        string trimmed = text.TrimEnd('/');
        int at = trimmed.LastIndexOfAny(['/', ':']);
        return at < 0 ? trimmed : trimmed[(at + 1)..];
    }
}
