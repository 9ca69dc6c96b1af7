using System.Text;

namespace EduFunctions.Pipeline.Systems.Scim;

/// <summary>
/// JSON in one line, and every letter as it is: a name that is written by numbers is one that nobody finds who looks for the protected. The platform's
/// writers do that to letters beyond the first 65,536.
/// </summary>
internal static class ScimJson
{
    public const string Nothing = "null";
    public const string True = "true";

    /// <summary>Takes the place of the server's id of something, which only the delivery knows.</summary>
    public const string Reference = "@";

    public static string Text(string value)
    {
        var text = new StringBuilder(value.Length + 2).Append('"');
        foreach (var letter in value)
        {
            _ = letter is '"' or '\\' ? text.Append('\\').Append(letter)
                : letter < ' ' ? text.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}")
                : text.Append(letter);
        }

        return text.Append('"').ToString();
    }

    /// <summary>A text, or nothing where it is empty.</summary>
    public static string Optional(string value) => value.Length == 0 ? Nothing : Text(value);

    /// <param name="members">Those without a value are left out; nothing is a value.</param>
    public static string Object(params IEnumerable<(string Name, string? Value)> members) =>
        $"{{{string.Join(',', members.Where(member => member.Value is not null).Select(member => $"{Text(member.Name)}:{member.Value}"))}}}";

    public static string Array(IEnumerable<string> values) => $"[{string.Join(',', values)}]";

    public static string Texts(IEnumerable<string> values) => Array(values.Select(Text));

    /// <summary>The attribute by which a resource names another one.</summary>
    public static string Link(ScimType type, string id, params (string Name, string? Value)[] more) =>
        Object([("value", Object((Reference, Text($"{type.Endpoint}/{id}")))), .. more]);
}
