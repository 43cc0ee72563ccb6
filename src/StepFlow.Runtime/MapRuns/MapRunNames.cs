using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using StepFlow.Execution.Commands;
using StepFlow.Language;
using StepFlow.Language.Compilation;

namespace StepFlow.Runtime.MapRuns;

/// <summary>
/// The names of a Map Run and its children, and the starts of its children. They are computed from the execution and the
/// command. So a run that is repeated after a crash has the same names, and finds its children again.
/// </summary>
public sealed class MapRunNames
{
    /// <summary>Digits of a name that hold the index, in an Express child's name.</summary>
    private const int NumberDigits = 12;

    private readonly ExecutionStart _parent;
    private readonly StartMapRun _command;
    private readonly string _machineName;
    private readonly string _prefix;
    private readonly ExpressNames? _express;

    /// <summary>The names of a run.</summary>
    public MapRunNames(ExecutionStart parent, StartMapRun command)
    {
        _parent = parent;
        _command = command;
        Id = command.RedrivenMapRunArn is { } redriven ? redriven[(redriven.LastIndexOf(':') + 1)..] : DeterministicId(parent.ExecutionArn, command.Id);
        string label = command.State.Label ?? DeterministicId(parent.StateMachineArn, command.State.Name);
        string machine = parent.StateMachineArn;
        _prefix = machine.Replace(":stateMachine:", ":execution:", StringComparison.Ordinal) + "/" + label + ":";
        MachineArn = machine + "/" + label;
        _machineName = MachineArn[(MachineArn.LastIndexOf(':') + 1)..];
        Arn = machine.Replace(":stateMachine:", ":mapRun:", StringComparison.Ordinal) + "/" + label + ":" + Id;
        _express = command.State.IsExpress ? new(Arn) : null;
    }

    /// <summary>The id of the run: the last part of its ARN.</summary>
    public string Id { get; }

    public string Arn { get; }

    /// <summary>The ARN of the item processor as a machine.</summary>
    public string MachineArn { get; }

    /// <summary>The child with an index.</summary>
    /// <param name="index">The index, from 0.</param>
    /// <param name="items">How many items that is.</param>
    /// <param name="context">The <c>Map</c> member of its context object; null for a batch.</param>
    public MapRunEntry Entry(int index, JsonValue input, int items, JsonObject? context)
    {
        string name = _express is { } express ? express.Name(index) : StandardName(Arn, index);
        return new(index, name, _prefix + name, MachineArn, input, items) { Context = context };
    }

    /// <summary>How a child starts.</summary>
    public ExecutionStart ChildStart(MapRunEntry entry, DateTimeOffset time) => new()
    {
        ExecutionArn = entry.ExecutionArn,
        Name = entry.Name,
        StateMachineArn = MachineArn,
        StateMachineName = _machineName,
        RoleArn = _parent.RoleArn,
        Input = entry.Input,
        StartTime = time,
        Region = _parent.Region,
        IsExpress = _command.State.IsExpress,
        Limits = _parent.Limits,
        TokenSecret = !_command.State.IsExpress && _parent.TokenSecret is { } secret ? DeterministicId(secret, entry.Name) + DeterministicId(entry.Name, secret) : null,
        MapRunArn = Arn,
        MapContext = entry.Context,
    };

    /// <summary>A child that starts.</summary>
    /// <param name="entry">The child, with the time of its start.</param>
    /// <param name="machine">The item processor, compiled.</param>
    internal MapRunChild Child(MapRunEntry entry, StateMachine machine) =>
        new(entry.Index, machine, ChildStart(entry, entry.StartTime)) { IsRedriven = _command.RedrivenMapRunArn is not null };

    /// <summary>The item processor as a separate definition. Children are executions of it.</summary>
    public string ChildDefinition()
    {
        JsonObject processor = _command.State.ProcessorSource.Without("ProcessorConfig");
        return (_command.State.Processor.Start.QueryLanguage == QueryLanguage.Jsonata
            ? processor.With("QueryLanguage", "JSONata")
            : processor).ToString();
    }

    /// <summary>The ARN of the execution of an index.</summary>
    /// <param name="index">The index, from 0.</param>
    /// <param name="isExpress">Whether the run's children are Express executions.</param>
    public static string ChildArn(string mapRunArn, int index, bool isExpress) => ChildPrefix(mapRunArn) + ChildName(mapRunArn, index, isExpress);

    /// <summary>The prefix of the ARNs of a run's Express children. No other run has it.</summary>
    public static string ExpressChildPrefix(string mapRunArn) => ExpressChildPrefixOf(ChildArn(mapRunArn, 0, isExpress: true))!;

    /// <summary>The prefix of the ARN of an Express child; null if the text is not such an ARN.</summary>
    public static string? ExpressChildPrefixOf(string executionArn) =>
        executionArn.Contains('/', StringComparison.Ordinal) && executionArn.Length > NumberDigits ? executionArn[..^NumberDigits] : null;

    /// <summary>The index of an Express child; null where the run has no child of that ARN.</summary>
    public static int? ExpressChildIndex(string mapRunArn, string executionArn)
    {
        if (!long.TryParse(executionArn.AsSpan(executionArn.Length - NumberDigits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long number))
        {
            return null;
        }

        long index = number ^ new ExpressNames(mapRunArn).NumberMask;
        return index is >= 0 and <= int.MaxValue && ChildArn(mapRunArn, (int)index, isExpress: true) == executionArn ? (int)index : null;
    }

    private static string ChildPrefix(string mapRunArn) =>
        mapRunArn[..(mapRunArn.LastIndexOf(':') + 1)].Replace(":mapRun:", ":execution:", StringComparison.Ordinal);

    private static string ChildName(string mapRunArn, int index, bool isExpress) =>
        isExpress ? new ExpressNames(mapRunArn).Name(index) : StandardName(mapRunArn, index);

    private static string StandardName(string mapRunArn, int index) => DeterministicId(mapRunArn, index.ToString(CultureInfo.InvariantCulture));

    private static string DeterministicId(string scope, string name) => UuidOf(Hash(scope, name));

    private static byte[] Hash(string scope, string name) => SHA256.HashData(Encoding.UTF8.GetBytes(scope + "\n" + name));

    private static string UuidOf(byte[] hash)
    {
        Span<byte> id = stackalloc byte[16];
        hash.AsSpan(0, 16).CopyTo(id);
        id[6] = (byte)((id[6] & 0x0F) | 0x80);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true).ToString("D");
    }

    /// <summary>The names of a run's Express children. The index can be computed from the name, because these children have no stored names.</summary>
    private readonly struct ExpressNames
    {
        private readonly string _beginning;

        public ExpressNames(string mapRunArn)
        {
            byte[] hash = Hash(mapRunArn, string.Empty);
            _beginning = UuidOf(hash)[..^NumberDigits];
            NumberMask = (long)(BinaryPrimitives.ReadUInt64BigEndian(hash.AsSpan(16)) >> 16);
        }

        /// <summary>The mask that is applied to an index.</summary>
        public long NumberMask { get; }

        public string Name(int index) => string.Create(CultureInfo.InvariantCulture, $"{_beginning}{index ^ NumberMask:x12}");
    }
}
