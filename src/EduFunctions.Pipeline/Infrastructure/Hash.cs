using System.Security.Cryptography;
using System.Text;

namespace EduFunctions.Pipeline.Infrastructure;

internal static class Hash
{
    /// <summary>SHA-256 of a text in lower-case hex.</summary>
    public static string Of(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
