namespace StepFlow.Runtime.Mocks;

/// <summary>A mock configuration file is wrong. The position and the reason.</summary>
public sealed class MockConfigurationException(string message, Exception? inner = null) : Exception(message, inner);
