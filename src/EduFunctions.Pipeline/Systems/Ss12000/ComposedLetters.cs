using System.Text;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>
/// The letters of Europe's languages as one character each, where a text has them as a letter and a mark: what Unicode calls the composed form. The platform's
/// own does nothing without the tables of a system, and no host has to have them.
/// </summary>
internal static class ComposedLetters
{
    /// <summary>By mark: the letters it may stand behind, and what both are together.</summary>
    private static readonly Dictionary<char, (string Letters, string Composed)> Marks = new()
    {
        ['\u0300'] = ("AEIOUaeiou", "ÀÈÌÒÙàèìòù"),
        ['\u0301'] = ("AEIOUYaeiouyCcLlNnSsZz", "ÁÉÍÓÚÝáéíóúýĆćĹĺŃńŚśŹź"),
        ['\u0302'] = ("AEIOUaeiou", "ÂÊÎÔÛâêîôû"),
        ['\u0303'] = ("ANOano", "ÃÑÕãñõ"),
        ['\u0308'] = ("AEIOUYaeiouy", "ÄËÏÖÜŸäëïöüÿ"),
        ['\u030A'] = ("AUau", "ÅŮåů"),
        ['\u030C'] = ("CEDNRSZcenrsz", "ČĚĎŇŘŠŽčěňřšž"),
        ['\u0327'] = ("CScs", "ÇŞçş"),
    };

    public static string Of(string text)
    {
        var composed = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (composed.Length > 0 && Marks.TryGetValue(character, out var mark) && mark.Letters.IndexOf(composed[^1]) is >= 0 and var at)
            {
                composed[^1] = mark.Composed[at];
            }
            else
            {
                composed.Append(character);
            }
        }

        return composed.ToString();
    }
}
