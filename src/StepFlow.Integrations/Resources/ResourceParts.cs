using StepFlow.Language;

namespace StepFlow.Integrations.Resources;

/// <summary>The parts of a Resource that an entry's texts may name.</summary>
/// <param name="Service">The service (<c>ecs</c>), without <c>aws-sdk:</c>.</param>
/// <param name="Action">The action (<c>runTask</c>).</param>
/// <param name="Name">The function's name; for another Resource the action.</param>
/// <param name="Region">The region; empty for none.</param>
/// <param name="Account">The account; empty for none.</param>
internal sealed record ResourceParts(string Service, string Action, string Name, string Region, string Account)
{
    /// <summary>Parts of nothing in particular, to try a text with.</summary>
    public static readonly ResourceParts Example = new("service", "action", "name", "region", "account");

    private const string SdkPrefix = "aws-sdk:";

    public static ResourceParts Of(TaskResource resource)
    {
        string[] arn = resource.Text.Split(':');
        if (resource.Kind == TaskResourceKind.Function)
        {
            return new("lambda", "invoke", Functions.FunctionName.Parse(resource.Text).Name, Part(arn, 3), Part(arn, 4));
        }

        string service = resource.IsSdk ? resource.Service[SdkPrefix.Length..] : resource.Service;
        return new(service, resource.Action, resource.Action.Length > 0 ? resource.Action : arn[^1], string.Empty, string.Empty);
    }

    /// <summary>A text with the parts inserted.</summary>
    /// <param name="encode">Makes a part fit.</param>
    public string Fill(string text, Func<string, string> encode) => text
        .Replace("{service}", encode(Service), StringComparison.Ordinal)
        .Replace("{action}", encode(Action), StringComparison.Ordinal)
        .Replace("{name}", encode(Name), StringComparison.Ordinal)
        .Replace("{region}", encode(Region), StringComparison.Ordinal)
        .Replace("{account}", encode(Account), StringComparison.Ordinal);

    private static string Part(string[] arn, int index) => index < arn.Length ? arn[index] : string.Empty;
}
