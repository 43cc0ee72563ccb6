using System.Security.Cryptography;
using System.Text;

namespace StepFlow.Runtime.Documents;

/// <summary>Makes names of texts that are too long for one, that may not be readable in it, or that have other characters.</summary>
public static class TextHash
{
    /// <summary>The SHA-256 of a text's UTF-8, in 64 lower-case hexadecimal digits.</summary>
    public static string Of(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
