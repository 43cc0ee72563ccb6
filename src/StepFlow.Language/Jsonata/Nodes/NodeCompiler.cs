using System.Runtime.CompilerServices;
using StepFlow.Language.Jsonata.Patterns;
using StepFlow.Language.Jsonata.Syntax;

namespace StepFlow.Language.Jsonata.Nodes;

/// <summary>Compiles a processed syntax tree to the tree that evaluates: variables become slots, constants are folded.</summary>
internal sealed class NodeCompiler
{
    private readonly bool _binds;
    private readonly Dictionary<string, int>? _globals;

    private NodeCompiler(bool binds, Dictionary<string, int>? globals)
    {
        _binds = binds;
        _globals = globals;
    }

    /// <summary>Compiles an expression.</summary>
    /// <returns>The tree, how many variables its top scope has, and how many names it leaves to the evaluation.</returns>
    /// <exception cref="JsonataException">The text is not a valid expression.</exception>
    public static (Node Root, int Slots, int Globals) Compile(string text)
    {
        var compiler = new NodeCompiler(text.Contains(":=", StringComparison.Ordinal), new(StringComparer.Ordinal));
        SyntaxNode root = SyntaxProcessor.Process(Parser.Parse(text));
        var scope = new Scope(null);
        compiler.DeclareBindings(scope, [root]);
        Node node = compiler.Compile(root, scope);
        return (node, scope.SlotCount, compiler._globals!.Count);
    }

    /// <summary>Compiles an expression that is evaluated within a scope of another.</summary>
    public static (Node Root, int Slots) CompileWithin(string text, Scope outer)
    {
        var compiler = new NodeCompiler(text.Contains(":=", StringComparison.Ordinal), null);
        SyntaxNode root = SyntaxProcessor.Process(Parser.Parse(text));
        var scope = new Scope(outer);
        compiler.DeclareBindings(scope, [root]);
        return (compiler.Compile(root, scope), scope.SlotCount);
    }

    /// <summary>Compiles an expression. If it binds variables and the scope belongs to a tuple, the expression gets a scope of its own.</summary>
    public Node CompileScoped(SyntaxNode node, Scope scope)
    {
        if (!scope.IsTuple || !_binds || BindingNames.In([node]) is not { Count: > 0 } names)
        {
            return Compile(node, scope);
        }

        var inner = new Scope(scope);
        inner.Declare(names);
        return new BlockNode([Compile(node, inner)], inner.SlotCount, node.Position);
    }

    public Node Compile(SyntaxNode node, Scope scope)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        bool groups = node.Group is not null && node.Kind != SyntaxKind.Path;
        SequenceEnd end = node.KeepArray ? SequenceEnd.Keep : SequenceEnd.Unwrap;
        Node result = CompileCore(node, scope, groups || node.Predicates is not null ? SequenceEnd.Raw : end);
        bool inTuple = node.Tuple;
        Scope after = inTuple ? new Scope(scope, isTuple: true) : scope;
        if (node.Predicates is not null)
        {
            Predicate[] predicates = [.. node.Predicates.Select(s => new Predicate(CompileScoped(s.Filter!, after), inTuple))];
            result = new FilterNode(result, predicates, groups ? SequenceEnd.Raw : end, node.Position);
        }

        return groups ? new GroupNode(result, Grouper(node.Group!, after), inTuple, node.Position) : result;
    }

    public Grouper Grouper(Grouping grouping, Scope scope)
    {
        var members = new MemberNode[grouping.Pairs.Count];
        for (int i = 0; i < members.Length; i++)
        {
            members[i] = new(CompileScoped(grouping.Pairs[i].Key, scope), CompileScoped(grouping.Pairs[i].Value, scope));
        }

        return new(members, grouping.Position);
    }

    private void DeclareBindings(Scope scope, IEnumerable<SyntaxNode> nodes)
    {
        if (_binds)
        {
            scope.Declare(BindingNames.In(nodes));
        }
    }

    private Node CompileCore(SyntaxNode node, Scope scope, SequenceEnd end) => node.Kind switch
    {
        SyntaxKind.String or SyntaxKind.Number or SyntaxKind.Value => new ConstantNode(node.Literal!, node.Position),
        SyntaxKind.Regex => new ConstantNode(Regex(node), node.Position),
        SyntaxKind.Name => new NameNode(node.Text, end, node.Position),
        SyntaxKind.Variable => Variable(node.Text, scope, end, node.Position),
        SyntaxKind.Wildcard => new WildcardNode(end, node.Position),
        SyntaxKind.Descendant => new DescendantNode(end, node.Position),
        SyntaxKind.Parent => new ParentNode(node.Slot!, end, node.Position),
        SyntaxKind.Path => new PathCompiler(this, scope).Compile(node),
        SyntaxKind.Binary => Binary(node, scope),
        SyntaxKind.Unary => new NegateNode(Compile(node.Left!, scope), node.Position),
        SyntaxKind.Array => Array(node, scope),
        SyntaxKind.Object => Object(node, scope),
        SyntaxKind.Condition => new ConditionNode(Compile(node.Left!, scope), Compile(node.Right!, scope), CompileOptional(node.Third, scope), node.Position),
        SyntaxKind.Elvis => new ElvisNode(Compile(node.Left!, scope), Compile(node.Right!, scope), node.Position),
        SyntaxKind.Coalesce => new CoalesceNode(Compile(node.Left!, scope), Compile(node.Right!, scope), node.Position),
        SyntaxKind.Block => Block(node, scope),
        SyntaxKind.Bind => new BindNode(scope.SlotOf(node.Text), Compile(node.Left!, scope), node.Position),
        SyntaxKind.Lambda => Lambda(node, scope),
        SyntaxKind.Function => node.TailCall ? new TailCallNode(Invocation(node, scope), node.Position) : new CallNode(Invocation(node, scope), end, node.Position),
        SyntaxKind.Partial => new PartialNode(Invocation(node, scope), node.Position),
        SyntaxKind.Apply => Apply(node, scope, end),
        SyntaxKind.Transform => new TransformNode(Compile(node.Left!, scope), Compile(node.Right!, scope), CompileOptional(node.Third, scope), node.Position),
        SyntaxKind.Operator => new PlaceholderNode(node.Position),
        _ => throw new JsonataException("S0206") { Position = node.Position, Token = node.Text },
    };

    private Node? CompileOptional(SyntaxNode? node, Scope scope) => node is null ? null : Compile(node, scope);

    private Node Apply(SyntaxNode node, Scope scope, SequenceEnd end) => node.Right!.Kind == SyntaxKind.Function
        ? new ApplyCallNode(Compile(node.Left!, scope), Invocation(node.Right, scope), end, node.Position)
        : new ApplyNode(Compile(node.Left!, scope), Compile(node.Right, scope), end, node.Position);

    private static RegexFunction Regex(SyntaxNode node)
    {
        try
        {
            return new(new Pattern(node.Text, node.Flags), node.Position);
        }
        catch (JsonataException e) when (e.Locate(node.Position, null))
        {
            throw;
        }
    }

    private Node Variable(string name, Scope scope, SequenceEnd end, int position)
    {
        if (name.Length == 0)
        {
            return new ContextNode(position, end);
        }

        return name == "$" ? new RootNode(position) : Resolve(name, scope, 0, end, position);
    }

    private Node Resolve(string name, Scope? scope, int hops, SequenceEnd end, int position)
    {
        for (; scope is not null; scope = scope.Outer, hops++)
        {
            if (scope.IsTuple)
            {
                return new TupleVariableNode(hops, name, Resolve(name, scope.Outer, hops + 1, end, position), end, position);
            }

            int slot = scope.SlotOf(name);
            if (slot >= 0)
            {
                Node? otherwise = scope.IsParameter(slot) ? null : Resolve(name, scope.Outer, hops + 1, end, position);
                return new SlotNode(hops, slot, otherwise, end, position);
            }
        }

        if (_globals is null)
        {
            return new GlobalNode(name, -1, position);
        }

        if (!_globals.TryGetValue(name, out int index))
        {
            index = _globals.Count;
            _globals.Add(name, index);
        }

        return new GlobalNode(name, index, position);
    }

    private Node Binary(SyntaxNode node, Scope scope)
    {
        Node left = Compile(node.Left!, scope);
        Node right = Compile(node.Right!, scope);
        int position = node.Position;
        return node.Text switch
        {
            "+" => new ArithmeticNode(ArithmeticOperator.Add, "+", left, right, position),
            "-" => new ArithmeticNode(ArithmeticOperator.Subtract, "-", left, right, position),
            "*" => new ArithmeticNode(ArithmeticOperator.Multiply, "*", left, right, position),
            "/" => new ArithmeticNode(ArithmeticOperator.Divide, "/", left, right, position),
            "%" => new ArithmeticNode(ArithmeticOperator.Remainder, "%", left, right, position),
            "=" => new EqualityNode(negated: false, left, right, position),
            "!=" => new EqualityNode(negated: true, left, right, position),
            "<" => new ComparisonNode(OrderOperator.Less, "<", left, right, position),
            "<=" => new ComparisonNode(OrderOperator.LessOrEqual, "<=", left, right, position),
            ">" => new ComparisonNode(OrderOperator.Greater, ">", left, right, position),
            ">=" => new ComparisonNode(OrderOperator.GreaterOrEqual, ">=", left, right, position),
            "and" => new AndNode(left, right, position),
            "or" => new OrNode(left, right, position),
            "in" => new InNode(left, right, position),
            ".." => new RangeNode(left, right, position),
            "&" => new ConcatNode(left is ConcatNode row ? [.. row.Parts, right] : [left, right], position),
            _ => throw new JsonataException("S0204") { Position = position, Token = node.Text },
        };
    }

    private Node Array(SyntaxNode node, Scope scope)
    {
        var items = new Node[node.Items!.Count];
        bool[] whole = new bool[items.Length];
        bool constant = !node.ConsArray;
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = Compile(node.Items[i], scope);
            whole[i] = node.Items[i].Kind == SyntaxKind.Array;
            constant &= items[i] is ConstantNode { Value: not EngineValue };
        }

        return constant
            ? new ConstantNode(JsonArray.From(items.Select(i => ((ConstantNode)i).Value)), node.Position)
            : new ArrayNode(items, whole, node.ConsArray, node.Position);
    }

    private Node Object(SyntaxNode node, Scope scope)
    {
        var members = new MemberNode[node.Pairs!.Pairs.Count];
        var folded = new JsonObjectBuilder(members.Length);
        for (int i = 0; i < members.Length; i++)
        {
            members[i] = new(Compile(node.Pairs.Pairs[i].Key, scope), Compile(node.Pairs.Pairs[i].Value, scope));
            if (members[i] is ({ } key, { } value)
                && key is ConstantNode { Value: JsonString name } && value is ConstantNode { Value: not EngineValue } literal)
            {
                folded.Set(name.Value, literal.Value);
            }
        }

        return folded.Count == members.Length
            ? new ConstantNode(folded.Build(), node.Position)
            : new ObjectNode(new Grouper(members, node.Pairs.Position), node.Position);
    }

    private Node Block(SyntaxNode node, Scope scope)
    {
        List<string> names = _binds ? BindingNames.In(node.Items!) : [];
        Scope inner = scope;
        if (names.Count > 0)
        {
            inner = new Scope(scope);
            inner.Declare(names);
        }

        if (node.Items!.Count == 1 && names.Count == 0)
        {
            // Parentheses only.
            return Compile(node.Items[0], scope);
        }

        var expressions = new Node[node.Items.Count];
        for (int i = 0; i < expressions.Length; i++)
        {
            expressions[i] = Compile(node.Items[i], inner);
        }

        return new BlockNode(expressions, names.Count > 0 ? inner.SlotCount : -1, node.Position);
    }

    private LambdaNode Lambda(SyntaxNode node, Scope scope)
    {
        var inner = new Scope(scope, node.Items!.Select(p => p.Text));
        DeclareBindings(inner, [node.Left!]);
        Node body = Compile(node.Left!, inner);
        return new(node.Items!.Count, inner.SlotCount, node.Signature, body, node.Position);
    }

    private Invocation Invocation(SyntaxNode node, Scope scope)
    {
        SyntaxNode procedure = node.Left!;
        string? name = procedure.Kind switch
        {
            SyntaxKind.Path => procedure.Items![0].Text,
            SyntaxKind.Lambda or SyntaxKind.Block or SyntaxKind.Condition => null,
            _ => procedure.Text,
        };
        var arguments = new Node[node.Items!.Count];
        for (int i = 0; i < arguments.Length; i++)
        {
            arguments[i] = Compile(node.Items[i], scope);
        }

        return new(
            Compile(procedure, scope),
            name,
            procedure.Kind == SyntaxKind.Path ? Variable(name!, scope, SequenceEnd.Unwrap, procedure.Position) : null,
            arguments,
            procedure.Kind == SyntaxKind.Variable && name == "eval" ? scope : null,
            node.Position);
    }
}
