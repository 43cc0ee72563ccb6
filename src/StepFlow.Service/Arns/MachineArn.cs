using System.Globalization;
using StepFlow.Service.Errors;

namespace StepFlow.Service.Arns;

/// <summary>
/// The ARN of a state machine, a version, an alias or a Distributed Map state (User Guide, "State machine ARNs"; API
/// Reference, <c>stateMachineArn</c> of each operation). Says only what the text names, not whether it exists.
/// </summary>
/// <param name="Text">The ARN as it was given.</param>
/// <param name="Kind">What it names.</param>
/// <param name="Machine">The machine's own ARN.</param>
/// <param name="Qualifier">The version's number, the alias' name or the label; null for the machine itself.</param>
internal sealed record MachineArn(string Text, MachineArnKind Kind, string Name, string Machine, string? Qualifier)
{
    /// <summary>The version's number. Only for <see cref="MachineArnKind.Version"/>.</summary>
    public long Version => long.Parse(Qualifier!, CultureInfo.InvariantCulture);

    /// <summary>Reads an ARN.</summary>
    /// <param name="accepted">What the operation takes.</param>
    /// <exception cref="ApiException">
    /// <c>InvalidArn</c>: it is no ARN of a state machine, or names something that the operation does not take;
    /// <c>ValidationException</c>: it names a Distributed Map state, which no operation takes.
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

    /// <summary>What an ARN of the type <see cref="Arn.StateMachineType"/> names.</summary>
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
