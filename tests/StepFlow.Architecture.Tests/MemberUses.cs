using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace StepFlow.Architecture.Tests;

/// <summary>The methods and fields that the code of some assemblies uses, and which of their members nothing uses.</summary>
internal sealed class MemberUses
{
    private const BindingFlags Everything =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    /// <summary>What the compiler writes for a record: it uses every property, which is not a use by the program.</summary>
    private static readonly string[] OfRecords = ["PrintMembers", "Equals", "GetHashCode", "ToString", "op_Equality", "op_Inequality", "Deconstruct"];

    private readonly HashSet<(Module Module, int Token)> _used = [];
    private readonly Type[] _types;

    public MemberUses(IEnumerable<Assembly> assemblies)
    {
        _types = [.. assemblies.SelectMany(assembly => assembly.GetTypes())];
        foreach (Type type in _types)
        {
            foreach (MethodBase method in type.GetMembers(Everything).OfType<MethodBase>().Where(method => !IsOfRecord(method) && !IsCopy(method)))
            {
                AddUses(method);
            }

            AddImplementations(type);
        }
    }

    /// <summary>The members that nothing uses, but those that a framework calls by their names or attributes.</summary>
    public IEnumerable<string> Unused() =>
        from type in _types
        where type.Namespace?.StartsWith("StepFlow", StringComparison.Ordinal) == true && !IsGenerated(type) && !type.IsSubclassOf(typeof(Delegate))
        from member in Unused(type)
        select $"{type.Name}.{member}";

    private IEnumerable<string> Unused(Type type)
    {
        foreach (PropertyInfo property in type.GetProperties(Everything).Where(property => !IsGenerated(property) && !property.Name.Contains('.') && property.Name != "EqualityContract"))
        {
            if (property.GetMethod is { } get && !IsUsed(get) && !IsDeconstructed(type, property))
            {
                yield return property.Name;
            }
        }

        foreach (MethodInfo method in type.GetMethods(Everything).Where(method => !method.IsSpecialName && !method.Name.Contains('<') && !method.Name.Contains('.') && !IsGenerated(method)))
        {
            bool isCalledFromOutside = method.CustomAttributes.Any(attribute => attribute.AttributeType.Name is "FunctionAttribute" or "ModuleInitializerAttribute");
            if (!isCalledFromOutside && !IsUsed(method) && method != type.Assembly.EntryPoint)
            {
                yield return method.Name;
            }
        }

        foreach (FieldInfo field in type.GetFields(Everything).Where(field => !field.IsLiteral && !field.IsSpecialName && !IsGenerated(field) && !field.Name.Contains('<')))
        {
            if (!IsUsed(field) && !type.IsDefined(typeof(InlineArrayAttribute)))
            {
                yield return field.Name;
            }
        }
    }

    private void AddUses(MethodBase method)
    {
        foreach ((OpCode code, MemberInfo member) in IlReader.Members(method))
        {
            // A field that is only written is not used, and neither is a method that only calls itself.
            if (member is not Type && code != OpCodes.Stfld && code != OpCodes.Stsfld && Key(member) != Key(method))
            {
                _used.Add(Key(member));
            }
        }
    }

    /// <summary>An implementation or an override is used where the member of the interface or base type is, or may be because it is not ours.</summary>
    private void AddImplementations(Type type)
    {
        foreach (MethodInfo method in type.GetMethods(Everything).Where(method => method.IsVirtual && method.GetBaseDefinition() != method))
        {
            _used.Add(Key(method));
        }

        foreach (Type contract in type.IsInterface ? [] : type.GetInterfaces())
        {
            foreach (MethodInfo method in type.GetInterfaceMap(contract).TargetMethods.Where(method => method?.DeclaringType is not null))
            {
                _used.Add(Key(method));
            }
        }
    }

    private bool IsUsed(MemberInfo member) => _used.Contains(Key(member));

    private bool IsDeconstructed(Type type, PropertyInfo property) =>
        type.GetMethod("Deconstruct") is { } deconstruct && IsUsed(deconstruct) && deconstruct.GetParameters().Any(parameter => parameter.Name == property.Name);

    private static (Module Module, int Token) Key(MemberInfo member) => (member.Module, member.MetadataToken);

    private static bool IsOfRecord(MethodBase method) => OfRecords.Contains(method.Name) && IsGenerated(method);

    private static bool IsCopy(MethodBase method) =>
        method is ConstructorInfo && IsGenerated(method) && method.GetParameters() is [var only] && only.ParameterType == method.DeclaringType;

    private static bool IsGenerated(MemberInfo member) =>
        member.CustomAttributes.Any(attribute => attribute.AttributeType.Name is nameof(CompilerGeneratedAttribute) or "GeneratedCodeAttribute")
        || (member.DeclaringType is { } outer && member is Type && IsGenerated(outer));
}
