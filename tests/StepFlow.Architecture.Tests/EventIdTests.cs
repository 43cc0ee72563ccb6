using System.Reflection;
using Microsoft.Extensions.Logging;

namespace StepFlow.Architecture.Tests;

/// <summary>Log lines are found, and alerts made, by their event ids.</summary>
public sealed class EventIdTests
{
    [Fact]
    public void LogLines_OfAllProjects_HaveAnEventIdOfTheirOwn()
    {
        (int Id, string Line)[] lines =
        [
            .. from project in Repository.Assemblies
               from type in Repository.Load(project).GetTypes()
               from method in type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
               where method.GetCustomAttribute<LoggerMessageAttribute>() is not null
               select (method.GetCustomAttribute<LoggerMessageAttribute>()!.EventId, $"{type.Name}.{method.Name}"),
        ];

        Assert.NotEmpty(lines);
        Assert.Empty(lines.GroupBy(static line => line.Id).Where(static same => same.Count() > 1).Select(static same => $"{same.Key}: {string.Join(", ", same.Select(static line => line.Line))}"));
    }
}
