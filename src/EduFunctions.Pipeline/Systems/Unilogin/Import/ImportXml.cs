using System.Text;

namespace EduFunctions.Pipeline.Systems.Unilogin.Import;

/// <summary>
/// Writes one element per line, but for the values of a person, which share one: the scan for protected persons takes a line for a row, and
/// a given name and a family name on two lines would never meet. The person's tag stands on a line of its own, being a family name as well.
/// </summary>
internal sealed class ImportXml(int depth)
{
    private readonly StringBuilder _text = new();
    private int _depth = depth;

    /// <param name="attributes">From closed lists, so that nothing needs escaping.</param>
    public void Open(string element, string attributes = "")
    {
        Line($"<{element}{(attributes.Length == 0 ? "" : $" {attributes}")}>");
        _depth++;
    }

    public void Close(string element)
    {
        _depth--;
        Line($"</{element}>");
    }

    /// <summary>Elements on one line; those without a value are left out.</summary>
    public void Write(params ReadOnlySpan<(string Element, string Value)> values)
    {
        var line = new StringBuilder();
        foreach (var (element, value) in values)
        {
            if (value.Length > 0)
            {
                line.Append('<').Append(element).Append('>').Append(ImportText.Escape(value)).Append("</").Append(element).Append('>');
            }
        }

        if (line.Length > 0)
        {
            Line(line.ToString());
        }
    }

    public override string ToString() => _text.ToString();

    private void Line(string line) => _text.Append(' ', 2 * _depth).Append(line).Append('\n');
}
