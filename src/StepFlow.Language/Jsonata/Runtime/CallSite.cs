namespace StepFlow.Language.Jsonata.Runtime;

/// <summary>A call, for the one function whose result depends on it.</summary>
internal abstract class CallSite;
