namespace StepFlow.Language.Flow;

/// <summary>
/// The static knowledge about a value: unknown, its scalar type, an array, or an object with its
/// members. Immutable. Unknown values never give a warning.
/// </summary>
internal sealed class ValueShape
{
    /// <summary>Nothing is known.</summary>
    public static readonly ValueShape Unknown = new(ShapeKind.Unknown, null, null, isOpen: true);

    public static readonly ValueShape Text = new(ShapeKind.String, null, null, isOpen: false);
    public static readonly ValueShape Number = new(ShapeKind.Number, null, null, isOpen: false);
    public static readonly ValueShape Boolean = new(ShapeKind.Boolean, null, null, isOpen: false);
    public static readonly ValueShape Null = new(ShapeKind.Null, null, null, isOpen: false);

    /// <summary>An object without members.</summary>
    public static readonly ValueShape Empty = Object([], isOpen: false);

    /// <summary>The shape that a catcher adds to a state's output.</summary>
    public static readonly ValueShape ErrorOutput = Object([new("Error", Text), new("Cause", Text)], isOpen: false);

    /// <summary>Deeper and larger shapes are not analysed. So the analysis ends, even if a loop wraps or doubles its data.</summary>
    private const int MaxDepth = 12;

    private const int MaxSize = 2_000;

    private readonly Dictionary<string, ValueShape>? _members;

    private ValueShape(ShapeKind kind, Dictionary<string, ValueShape>? members, ValueShape? item, bool isOpen)
    {
        Kind = kind;
        _members = members;
        Item = item;
        IsOpen = isOpen;
        Depth = 1 + Math.Max(item?.Depth ?? 0, members is { Count: > 0 } ? members.Values.Max(member => member.Depth) : 0);
        Size = 1 + (item?.Size ?? 0) + (members?.Values.Sum(member => member.Size) ?? 0);
    }

    public ShapeKind Kind { get; }

    /// <summary>The shape of the items of an array; null for other kinds.</summary>
    public ValueShape? Item { get; }

    /// <summary>Whether an object may have other members too.</summary>
    public bool IsOpen { get; }

    private int Depth { get; }

    private int Size { get; }

    public static ValueShape Array(ValueShape item) => Bounded(new(ShapeKind.Array, null, item, isOpen: true));

    public static ValueShape Object(IEnumerable<KeyValuePair<string, ValueShape>> members, bool isOpen) =>
        Bounded(new(ShapeKind.Object, new(members, StringComparer.Ordinal), null, isOpen));

    /// <summary>The shape of a value that is written.</summary>
    public static ValueShape Of(JsonValue value) => value switch
    {
        JsonString => Text,
        JsonNumber => Number,
        JsonBoolean => Boolean,
        JsonNull => Null,
        JsonArray items => Array(items.Count == 0 ? Unknown : items.Select(Of).Aggregate(Join)),
        JsonObject members => Object(members.Select(member => KeyValuePair.Create(member.Key, Of(member.Value))), isOpen: false),
        _ => Unknown,
    };

    /// <summary>The common shape of a value that has either shape. An object may have the members of both.</summary>
    public static ValueShape Join(ValueShape left, ValueShape right)
    {
        if (ReferenceEquals(left, right))
        {
            return left;
        }

        if (left.Kind != right.Kind)
        {
            return Unknown;
        }

        switch (left.Kind)
        {
            case ShapeKind.Array:
                return Array(Join(left.Item!, right.Item!));
            case ShapeKind.Object:
                var members = new Dictionary<string, ValueShape>(left._members!, StringComparer.Ordinal);
                foreach ((string name, ValueShape shape) in right._members!)
                {
                    members[name] = members.TryGetValue(name, out ValueShape? other) ? Join(other, shape) : shape;
                }

                return Object(members, left.IsOpen || right.IsOpen);
            default:
                return left;
        }
    }

    /// <summary>A member of an object; null where there can be none.</summary>
    public ValueShape? Member(string name) => Kind switch
    {
        ShapeKind.Unknown => Unknown,
        ShapeKind.Object => _members!.GetValueOrDefault(name) ?? (IsOpen ? Unknown : null),
        _ => null,
    };

    /// <summary>The object with a member set.</summary>
    public ValueShape With(string name, ValueShape value) => Kind == ShapeKind.Object
        ? Object(_members!.Where(member => member.Key != name).Append(new(name, value)), IsOpen)
        : Object([new(name, value)], isOpen: true);

    /// <summary>Whether everything that is known is the same.</summary>
    public bool Same(ValueShape other) => ReferenceEquals(this, other) || (Kind == other.Kind && Kind switch
    {
        ShapeKind.Array => Item!.Same(other.Item!),
        ShapeKind.Object => IsOpen == other.IsOpen && _members!.Count == other._members!.Count
            && _members.All(member => other._members.TryGetValue(member.Key, out ValueShape? same) && member.Value.Same(same)),
        _ => true,
    });

    private static ValueShape Bounded(ValueShape shape) => shape.Depth > MaxDepth || shape.Size > MaxSize ? Unknown : shape;
}
