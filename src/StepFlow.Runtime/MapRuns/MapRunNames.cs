using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using StepFlow.Execution;
using StepFlow.Execution.Commands;
using StepFlow.Language;
using StepFlow.Language.Json;

namespace StepFlow.Runtime.MapRuns;

/// <summary>
/// What a Map Run and its children are called, and how its children start. All of it follows from the execution and the
/// command: a run that is repeated after a crash gives the same names, and finds its children again.
/// </summary>
public sealed class MapRunNames
{
    private readonly ExecutionStart _parent;
    private readonly StartMapRun _command;
    private readonly string _machineArn;
    private readonly string _prefix;

    /// <summary>The names of a run.</summary>
    /// <param name="parent">How the execution that runs the Map was started.</param>
    /// <param name="command">What it asked for.</param>
    public MapRunNames(ExecutionStart parent, StartMapRun command)
    {
        _parent = parent;
        _command = command;
        Id = command.RedrivenMapRunArn is { } redriven ? redriven[(redriven.LastIndexOf(':') + 1)..] : DeterministicId(parent.ExecutionArn, command.Id);
        string label = command.State.Label ?? DeterministicId(parent.StateMachineArn, command.State.Name);
        string machine = parent.StateMachineArn;
        _prefix = machine.Replace(":stateMachine:", ":execution:", StringComparison.Ordinal) + "/" + label;
        _machineArn = machine + "/" + label;
        Arn = machine.Replace(":stateMachine:", ":mapRun:", StringComparison.Ordinal) + "/" + label + ":" + Id;
    }

    /// <summary>The run's own id: the last part of its ARN.</summary>
    public string Id { get; }

    /// <summary>The run's ARN.</summary>
    public string Arn { get; }

    /// <summary>The child of a place.</summary>
    /// <param name="index">The place, from 0.</param>
    /// <param name="input">What it works on.</param>
    /// <param name="items">How many items that is.</param>
    /// <param name="context">The <c>Map</c> member of its context object; null for a batch.</param>
    public MapRunEntry Entry(int index, JsonValue input, int items, JsonObject? context)
    {
        string name = ChildName(Arn, index);
        return new(index, name, _prefix + ":" + name, _machineArn, input, items) { Context = context };
    }

    /// <summary>How a child starts.</summary>
    /// <param name="entry">The child.</param>
    /// <param name="time">When.</param>
    public ExecutionStart ChildStart(MapRunEntry entry, DateTimeOffset time) => new()
    {
        ExecutionArn = entry.ExecutionArn,
        Name = entry.Name,
        StateMachineArn = _machineArn,
        StateMachineName = _machineArn[(_machineArn.LastIndexOf(':') + 1)..],
        RoleArn = _parent.RoleArn,
        Input = entry.Input,
        StartTime = time,
        Region = _parent.Region,
        IsExpress = _command.State.IsExpress,
        Limits = _parent.Limits,
        TokenSecret = _parent.TokenSecret is { } secret ? DeterministicId(secret, entry.Name) + DeterministicId(entry.Name, secret) : null,
        MapRunArn = Arn,
        MapContext = entry.Context,
    };

    /// <summary>The item processor as a definition that stands alone: a child is pinned to it like any other execution.</summary>
    public string ChildDefinition()
    {
        JsonObject processor = _command.State.ProcessorSource.Without("ProcessorConfig");
        return (_command.State.Processor.Start.QueryLanguage == QueryLanguage.Jsonata
            ? processor.With("QueryLanguage", "JSONata")
            : processor).ToString();
    }

    /// <summary>The ARN of the execution of a place.</summary>
    /// <param name="mapRunArn">The run's ARN.</param>
    /// <param name="index">The place, from 0.</param>
    public static string ChildArn(string mapRunArn, int index) =>
        mapRunArn[..(mapRunArn.LastIndexOf(':') + 1)].Replace(":mapRun:", ":execution:", StringComparison.Ordinal) + ChildName(mapRunArn, index);

    private static string ChildName(string mapRunArn, int index) => DeterministicId(mapRunArn, index.ToString(CultureInfo.InvariantCulture));

    private static string DeterministicId(string scope, string name)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(scope + "\n" + name));
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true).ToString("D");
    }
}
