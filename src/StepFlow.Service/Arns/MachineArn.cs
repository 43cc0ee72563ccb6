using System.Globalization;

namespace StepFlow.Service.Arns;

/// <summary>
/// The ARN of a state machine, a version, an alias or a Distributed Map state (User Guide, "State machine ARNs"; API
/// Reference, <c>stateMachineArn</c> of each operation). Only the text is parsed; the resource may not exist.
/// </summary>
/// <param name="Kind">The kind of the resource.</param>
/// <param name="Machine">The ARN of the state machine.</param>
/// <param name="Qualifier">The version's number, the alias' name or the label; null for the machine itself.</param>
internal sealed record MachineArn(string Text, MachineArnKind Kind, string Name, string Machine, string? Qualifier)
{
    /// <summary>The version's number. Only for <see cref="MachineArnKind.Version"/>.</summary>
    public long Version => long.Parse(Qualifier!, CultureInfo.InvariantCulture);

    /// <summary>Reads an ARN.</summary>
    /// <param name="accepted">The kinds that the operation accepts.</param>
    /// <exception cref="ApiException">
    /// <c>InvalidArn</c>: the text is not the ARN of a state machine, or has a kind that the operation does not accept;
    /// <c>ValidationException</c>: it is the ARN of a Distributed Map state, which no operation accepts.
    /// </exception>
    public static MachineArn Parse(string text, params ReadOnlySpan<MachineArnKind> accepted)
    {
        MachineArn arn = Read(Arn.Parse(text, Arn.StateMachineType));
        if (arn.Kind == MachineArnKind.MapState)
        {
            throw ApiErrors.LabeledArn(text);
        }

        return accepted.Contains(arn.Kind) ? arn : throw ApiErrors.InvalidArn($"Not the ARN of {string.Join(" or ", accepted.ToArray().Select(NameOf))}: {text}");
    }

    /// <summary>Reads an ARN of the type <see cref="Arn.StateMachineType"/>.</summary>
    public static MachineArn Read(Arn arn)
    {
        int at = arn.Resource.AsSpan().IndexOfAny(':', '/');
        if (at < 0)
        {
            return new(arn.Text, MachineArnKind.Machine, arn.Resource, arn.Text, null);
        }

        string qualifier = arn.Resource[(at + 1)..];
        MachineArnKind kind = arn.Resource[at] == '/' ? MachineArnKind.MapState
            : long.TryParse(qualifier, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? MachineArnKind.Version
            : MachineArnKind.Alias;
        return new(arn.Text, kind, arn.Resource[..at], arn.Text[..^(qualifier.Length + 1)], qualifier);
    }

    private static string NameOf(MachineArnKind kind) => kind switch
    {
        MachineArnKind.Machine => "a state machine",
        MachineArnKind.Version => "a state machine version",
        _ => "a state machine alias",
    };
}
