using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace EduFunctions.Pipeline.Runs;

/// <summary>Names of runs, <c>yyyyMMddTHHmmssZ-xxxx</c>: in ordinal order they are in the order of time.</summary>
public static partial class RunId
{
    public static string New(DateTimeOffset started) => string.Create(
        CultureInfo.InvariantCulture, $"{started.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}-{RandomNumberGenerator.GetHexString(4, lowercase: true)}");

    public static bool IsValid(string text) => Pattern().IsMatch(text);

    [GeneratedRegex("^[0-9]{8}T[0-9]{6}Z-[0-9a-f]{4}$")]
    private static partial Regex Pattern();
}
