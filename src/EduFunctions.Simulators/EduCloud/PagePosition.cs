using System.Globalization;
using System.Text;

namespace EduFunctions.Simulators.EduCloud;

/// <summary>Where a page begins. Clients see it as an opaque token.</summary>
/// <param name="Filter">What narrows the collection, as a query; a token stands for it too.</param>
internal sealed record PagePosition(string Collection, int Page, int Start, int Limit, string Filter = "")
{
    private const int Parts = 5;

    public string Token => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Collection}|{Page}|{Start}|{Limit}|{Uri.EscapeDataString(Filter)}"));

    public static PagePosition? Parse(string token)
    {
        var bytes = new byte[token.Length];
        if (!Convert.TryFromBase64String(token, bytes, out var length))
        {
            return null;
        }

        var parts = Encoding.UTF8.GetString(bytes, 0, length).Split('|');
        return parts.Length == Parts && parts[1..^1].All(part => int.TryParse(part, CultureInfo.InvariantCulture, out _))
            ? new PagePosition(parts[0], Number(parts[1]), Number(parts[2]), Number(parts[3]), Uri.UnescapeDataString(parts[4]))
            : null;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
