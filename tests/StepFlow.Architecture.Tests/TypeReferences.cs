using System.Reflection;

namespace StepFlow.Architecture.Tests;

/// <summary>Finds the types that a type uses, in signatures and in the bodies of its methods.</summary>
internal static class TypeReferences
{
    private const BindingFlags Everything =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    public static HashSet<Type> Of(Type type)
    {
        var found = new HashSet<Type>();
        Add(type.BaseType, found);
        Array.ForEach(type.GetInterfaces(), one => Add(one, found));
        foreach (FieldInfo field in type.GetFields(Everything))
        {
            Add(field.FieldType, found);
        }

        foreach (MethodBase method in type.GetMembers(Everything).OfType<MethodBase>())
        {
            AddMethod(method, found);
        }

        return found;
    }

    private static void AddMethod(MethodBase method, HashSet<Type> found)
    {
        Add((method as MethodInfo)?.ReturnType, found);
        foreach (ParameterInfo parameter in method.GetParameters())
        {
            Add(parameter.ParameterType, found);
        }

        if (method.GetMethodBody() is not { } body)
        {
            return;
        }

        foreach (LocalVariableInfo local in body.LocalVariables)
        {
            Add(local.LocalType, found);
        }

        foreach ((_, MemberInfo member) in IlReader.Members(method))
        {
            Add(member as Type ?? member.DeclaringType, found);
            if (member is MethodInfo { IsGenericMethod: true } call)
            {
                Array.ForEach(call.GetGenericArguments(), argument => Add(argument, found));
            }
        }
    }

    private static void Add(Type? type, HashSet<Type> found)
    {
        if (type is null || type.IsGenericParameter)
        {
            return;
        }

        if (type.HasElementType)
        {
            Add(type.GetElementType(), found);
            return;
        }

        Array.ForEach(type.GetGenericArguments(), argument => Add(argument, found));
        found.Add(type.IsGenericType ? type.GetGenericTypeDefinition() : type);
    }
}
