using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;

namespace EduFunctions.Pipeline.Http;

/// <summary>HTML made of interpolated strings: what is put in is encoded, unless it is HTML itself. So nothing can be forgotten.</summary>
[InterpolatedStringHandler]
public sealed class Html
{
    private readonly StringBuilder _text;

    public Html(int literalLength, int formattedCount) => _text = new StringBuilder(literalLength + (formattedCount * 16));

    public static Html None { get; } = new(0, 0);

    public static Html Of(Html html) => html;

    /// <summary>A list of anything, item by item.</summary>
    public static Html Each<T>(IEnumerable<T> items, Func<T, Html> show)
    {
        var all = new Html(0, 0);
        foreach (var item in items)
        {
            all.AppendFormatted(show(item));
        }

        return all;
    }

    public static Html If(bool condition, Func<Html> show) => condition ? show() : None;

    public void AppendLiteral(string text) => _text.Append(text);

    /// <summary>The same for who has no interpolated string.</summary>
    public Html Append(Html html)
    {
        _text.Append(html._text);
        return this;
    }

    public void AppendFormatted(Html html) => _text.Append(html._text);

    public void AppendFormatted<T>(T value, string? format = null) => _text.Append(HtmlEncoder.Default.Encode(
        value is IFormattable formattable ? formattable.ToString(format, CultureInfo.InvariantCulture) : value?.ToString() ?? ""));

    public override string ToString() => _text.ToString();
}
