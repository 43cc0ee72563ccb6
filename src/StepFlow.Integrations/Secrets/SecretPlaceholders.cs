using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace StepFlow.Integrations.Secrets;

/// <summary>
/// The placeholders of secrets in workflows. A placeholder contains a random number that is stored for one execution. So nobody can invent
/// one, and one from a history is useless in another execution. It is replaced by the secret when a
/// task is called with it. If the response contains the secret, it is replaced by the placeholder again.
/// </summary>
internal sealed partial class SecretPlaceholders(SecretStore secrets, IEnumerable<IRemoteSecrets> remote, ITaskNotes notes) : ISecretArguments
{
    private const string NotePrefix = "secret/";

    /// <summary>Makes a placeholder of a secret for an execution.</summary>
    public Task<string> CreateAsync(TaskCall call, string name, CancellationToken cancellationToken) => StoreAsync(call, "name", name, cancellationToken);

    /// <summary>Makes a placeholder of a secret that no setting names.</summary>
    /// <param name="call">The task whose result holds it.</param>
    /// <param name="reference">How it is read again.</param>
    public Task<string> CreateAsync(TaskCall call, JsonObject reference, CancellationToken cancellationToken) => StoreAsync(call, "remote", reference, cancellationToken);

    public async Task<TaskOutcome> RunAsync(TaskCall call, Func<TaskCall, Task<TaskOutcome>> run, CancellationToken cancellationToken)
    {
        // The input of a started execution is in its history, so placeholders are not replaced in it.
        var found = new Dictionary<string, string>();
        if (call.Resource.Service is not ("states" or "aws-sdk:sfn"))
        {
            await FindAsync(call.Arguments, call, found, cancellationToken);
        }

        if (found.Count == 0)
        {
            return await run(call);
        }

        TaskOutcome outcome = await run(call with
        {
            HiddenArguments = call.Arguments,
            Arguments = Replace(call.Arguments, text => found.Aggregate(text, static (whole, pair) => whole.Replace(pair.Key, pair.Value, StringComparison.Ordinal))),
            JobReference = call.JobReference is { } reference ? Replace(reference, text => found.Aggregate(text, static (whole, pair) => whole.Replace(pair.Key, pair.Value, StringComparison.Ordinal))) : null,
            Submitted = call.Submitted is { } submitted ? (output, left) => submitted(Replace(output, Hidden), left) : null,
            Progress = call.Progress is { } progress ? value => progress(value with { Message = Hidden(value.Message) }) : null,
        });
        return outcome switch
        {
            TaskCompleted completed => new TaskCompleted(Replace(completed.Output, Hidden)),
            TaskAccepted accepted => new TaskAccepted(Replace(accepted.Output, Hidden)),
            TaskPending waiting => waiting with { Output = Replace(waiting.Output, Hidden), Reference = Replace(waiting.Reference, Hidden) },
            TaskRejected rejected => rejected with { Error = Hidden(rejected.Error), Cause = rejected.Cause is { } cause ? Hidden(cause) : null },
            _ => outcome,
        };

        string Hidden(string text) => found.Where(static pair => pair.Value.Length > 0).Aggregate(text, static (whole, pair) => whole
            .Replace(pair.Value, pair.Key, StringComparison.Ordinal)
            .Replace(Escaped(pair.Value), pair.Key, StringComparison.Ordinal));
    }

    // Causes are often JSON in a text, where quotes and the like are escaped.
    private static string Escaped(string text) => new JsonString(text).ToString()[1..^1];

    private async Task FindAsync(JsonValue value, TaskCall call, Dictionary<string, string> found, CancellationToken cancellationToken)
    {
        switch (value)
        {
            case JsonString { Value: var text } when text.Contains("{{secret:", StringComparison.Ordinal):
                foreach (Match match in Placeholder().Matches(text))
                {
                    if (!found.ContainsKey(match.Value)
                        && await notes.FindAsync(NotePrefix + match.Groups[1].Value, cancellationToken) is JsonObject note
                        && note["execution"] is JsonString execution && execution.Value == call.ExecutionArn
                        && await ReadAsync(note, cancellationToken) is { } secret)
                    {
                        found[match.Value] = secret;
                    }
                }

                break;
            case JsonObject members:
                foreach ((_, JsonValue member) in members)
                {
                    await FindAsync(member, call, found, cancellationToken);
                }

                break;
            case JsonArray items:
                foreach (JsonValue item in items)
                {
                    await FindAsync(item, call, found, cancellationToken);
                }

                break;
        }
    }

    private async Task<string> StoreAsync(TaskCall call, string kind, JsonValue reference, CancellationToken cancellationToken)
    {
        string id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        await notes.StoreAsync(NotePrefix + id, JsonObject.Create((kind, reference), ("execution", call.ExecutionArn)), cancellationToken);
        return $"{{{{secret:{id}}}}}";
    }

    private async Task<string?> ReadAsync(JsonObject note, CancellationToken cancellationToken)
    {
        if (note["name"] is JsonString name)
        {
            return (await secrets.FindAsync(name.Value, cancellationToken))?.Text;
        }

        foreach (IRemoteSecrets source in remote)
        {
            if (note["remote"] is JsonObject reference && await source.FindAsync(reference, cancellationToken) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static JsonValue Replace(JsonValue value, Func<string, string> change) => value switch
    {
        JsonString text => change(text.Value) is var changed && changed == text.Value ? text : new JsonString(changed),
        JsonObject members => JsonObject.Create([.. members.Select(member => (member.Key, Replace(member.Value, change)))]),
        JsonArray items => JsonArray.From(items.Select(item => Replace(item, change))),
        _ => value,
    };

    [GeneratedRegex(@"\{\{secret:([0-9a-f]{32})\}\}")]
    private static partial Regex Placeholder();
}
