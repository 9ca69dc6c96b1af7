using System.Runtime.CompilerServices;
using System.Text;

namespace EduFunctions.Pipeline.Languages;

/// <summary>An English sentence as the code writes it, with its values apart: <c>$"{count} of {all}"</c> is the form <c>{0} of {1}</c>.</summary>
[InterpolatedStringHandler]
public sealed class Sentence
{
    private readonly StringBuilder _form;
    private readonly List<object?> _values;

    public Sentence(int literalLength, int formattedCount) =>
        (_form, _values) = (new StringBuilder(literalLength + (formattedCount * 3)), new List<object?>(formattedCount));

    internal string Form => _form.ToString();

    internal IReadOnlyList<object?> Values => _values;

    public void AppendLiteral(string text) => _form.Append(text);

    public void AppendFormatted<T>(T value)
    {
        _form.Append('{').Append(_values.Count).Append('}');
        _values.Add(value);
    }
}
