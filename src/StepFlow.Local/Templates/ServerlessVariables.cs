using System.Text.RegularExpressions;
using StepFlow.Local.Sources;
using StepFlow.Service.DefinitionFiles;

namespace StepFlow.Local.Templates;

/// <summary>
/// Variables of the Serverless Framework, <c>${self:custom.x}</c>, <c>${file(path):key}</c>, <c>${opt:stage, 'dev'}</c> and the
/// like. Options and environment variables have the values of <c>--substitute</c>, else the default that is written.
/// </summary>
internal sealed partial class ServerlessVariables(string folder, JsonObject service, IReadOnlyDictionary<string, string> given)
{
    private const int MaxDepth = 50;
    private const string Stage = "dev";

    private readonly List<string> _decisions = [];

    public IEnumerable<string> Decisions => _decisions.Distinct();

    /// <summary>Resolves the variables in a value.</summary>
    public Task<JsonValue> ResolveAsync(JsonValue value, CancellationToken cancellationToken) => ResolveAsync(value, 0, cancellationToken);

    private static JsonValue? Member(JsonValue? value, string path) =>
        path.Split('.', StringSplitOptions.RemoveEmptyEntries).Aggregate(value, static (at, name) => at switch
        {
            JsonObject members => members[name],
            JsonArray items when int.TryParse(name, out int index) && index >= 0 && index < items.Count => items[index],
            _ => null,
        });

    private async Task<JsonValue> ResolveAsync(JsonValue value, int depth, CancellationToken cancellationToken)
    {
        if (depth > MaxDepth)
        {
            _decisions.Add("Some variables of the file refer to each other in a circle. They were not replaced.");
            return value;
        }

        switch (value)
        {
            case JsonObject members:
                var builder = new JsonObjectBuilder(members.Count);
                foreach ((string name, JsonValue member) in members)
                {
                    builder.Set(name, await ResolveAsync(member, depth, cancellationToken));
                }

                return builder.Build();
            case JsonArray items:
                var resolved = new List<JsonValue>();
                foreach (JsonValue item in items)
                {
                    resolved.Add(await ResolveAsync(item, depth, cancellationToken));
                }

                return JsonArray.From(resolved);
            case JsonString { Value: var text }:
                return await ResolveTextAsync(text, depth, cancellationToken);
            default:
                return value;
        }
    }

    /// <summary>From the innermost variable outwards: one may be a part of another's name.</summary>
    private async Task<JsonValue> ResolveTextAsync(string text, int depth, CancellationToken cancellationToken)
    {
        int from = 0;
        for (int i = 0; i < MaxDepth * 10 && Variable().Match(text, from) is { Success: true } match; i++)
        {
            JsonValue? found = await FindAsync(match.Groups["text"].Value, depth, cancellationToken);
            if (found is null)
            {
                from = match.Index + match.Length;
                continue;
            }

            JsonValue value = await ResolveAsync(found, depth + 1, cancellationToken);
            if (match.Length == text.Length)
            {
                return value;
            }

            text = string.Concat(text.AsSpan(0, match.Index), value is JsonString { Value: var part } ? part : value.ToString(), text.AsSpan(match.Index + match.Length));
        }

        return new JsonString(text);
    }

    /// <summary>A variable's value, from the first of its sources that has one. Null if it is not a variable of the framework.</summary>
    private async Task<JsonValue?> FindAsync(string text, int depth, CancellationToken cancellationToken)
    {
        string[] sources = text.Split(',', StringSplitOptions.TrimEntries);
        if (!sources.Any(static source => Known().IsMatch(source)))
        {
            return null;
        }

        foreach (string source in sources)
        {
            if (await SourceAsync(source, depth, cancellationToken) is { } value)
            {
                return value;
            }
        }

        _decisions.Add($"${{{text}}} has no value here. Set one with --substitute {sources[0].Split(':')[^1]}=VALUE.");
        return new JsonString(sources[0].Split(':')[^1]);
    }

    private async Task<JsonValue?> SourceAsync(string source, int depth, CancellationToken cancellationToken)
    {
        if (source.Length > 1 && source[0] is '\'' or '"')
        {
            return new JsonString(source[1..^1]);
        }

        if (File().Match(source) is { Success: true } file)
        {
            string path = Path.Combine(folder, file.Groups["path"].Value.Trim());
            string text = await TextSource.ReadFileAsync(path, cancellationToken);
            JsonValue value = DefinitionReader.IsYaml(path, text) ? YamlReader.Read(text, TemplateFunctions.FromTag).Value : JsonValue.ParseOrNull(text) ?? new JsonString(text);
            return Member(value, file.Groups["key"].Value);
        }

        string[] parts = source.Split(':', 2);
        return parts switch
        {
            ["self", var path] => Member(service, path) is { } found ? await ResolveAsync(found, depth + 1, cancellationToken) : path is "provider.stage" ? new JsonString(Stage) : null,
            ["opt" or "env" or "param", var name] => given.TryGetValue(name, out string? value) ? new JsonString(value) : null,
            ["sls", "stage"] => new JsonString(given.GetValueOrDefault("stage", Stage)),
            ["aws", "region"] => new JsonString(CloudNames.Region),
            ["aws", "accountId"] => new JsonString(CloudNames.Account),
            _ => JsonValue.ParseOrNull(source) is { } literal and (JsonNumber or JsonBoolean) ? literal : null,
        };
    }

    [GeneratedRegex(@"\$\{(?<text>[^${}]+)\}")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^(?:(?:self|opt|env|param|sls|aws|ssm|cf|s3)(?:\([^)]*\))?:|file\()")]
    private static partial Regex Known();

    [GeneratedRegex(@"^file\((?<path>[^)]+)\)(?::(?<key>.*))?$")]
    private static partial Regex File();
}
