using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using StepFlow.Functions.Triggers;

namespace StepFlow.Functions.Tests.Triggers;

/// <summary>Which keys open what: a function's key opens that function only, so each level of access is a function.</summary>
public sealed class HttpTriggersTests
{
    private static readonly Dictionary<string, HttpTriggerAttribute> Triggers = typeof(HttpTriggers).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods())
        .Where(method => method.GetCustomAttribute<FunctionAttribute>() is not null)
        .Select(method => (method.GetCustomAttribute<FunctionAttribute>()!.Name, Trigger: method.GetParameters().Select(p => p.GetCustomAttribute<HttpTriggerAttribute>()).FirstOrDefault(t => t is not null)))
        .Where(found => found.Trigger is not null)
        .ToDictionary(found => found.Name, found => found.Trigger!);

    [Fact]
    public void Functions_OfRest_AreOneForReadingAndOneForTheRest()
    {
        Assert.Equal(["get"], Triggers["RestRead"].Methods!);
        Assert.DoesNotContain("get", Triggers["Rest"].Methods!);
        Assert.Equal(Triggers["Rest"].Route, Triggers["RestRead"].Route);
    }

    [Fact]
    public void Functions_WithoutAKey_CheckAccessThemselvesOrHaveNoData() =>
        Assert.Equal(
            ["Aws", "Console", "OpenApi", "RestSignedIn", "StartSignedIn", "Webhook"],
            Triggers.Where(trigger => trigger.Value.AuthLevel == AuthorizationLevel.Anonymous).Select(trigger => trigger.Key).Order());
}
