using System.Globalization;
using System.Text;

namespace EduFunctions.Simulators.EduCloud;

/// <summary>Where a page begins. Clients see it as an opaque token.</summary>
internal sealed record PagePosition(string Collection, int Page, int Start, int Limit)
{
    public string Token => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Collection}|{Page}|{Start}|{Limit}"));

    public static PagePosition? Parse(string token)
    {
        var bytes = new byte[token.Length];
        if (!Convert.TryFromBase64String(token, bytes, out var length))
        {
            return null;
        }

        var parts = Encoding.UTF8.GetString(bytes, 0, length).Split('|');
        return parts.Length == 4 && parts[1..].All(part => int.TryParse(part, CultureInfo.InvariantCulture, out _))
            ? new PagePosition(parts[0], Number(parts[1]), Number(parts[2]), Number(parts[3]))
            : null;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
