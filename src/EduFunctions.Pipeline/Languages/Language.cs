using System.Globalization;

namespace EduFunctions.Pipeline.Languages;

/// <summary>
/// A language in which people are spoken to. English stands in the code, where it is said; each of the others has a file beside this one, and says in
/// English what that lacks. Codes, the API and what is stored are the same in all.
/// </summary>
public sealed class Language
{
    private readonly LanguageFile _file;
    private readonly Retelling _retelling;

    private Language(string code, string name, char thousands, string date, string clock)
    {
        (Code, Name, Thousands, Date, Clock) = (code, name, thousands, date, clock);
        _file = LanguageFile.Read(code);

        // What is told in English already is told as it is, but for one of something.
        _retelling = new Retelling(_file.Told.Count > 0 ? _file.Told : _file.One.Keys.ToDictionary(form => form), _file.One, Shown);
    }

    public static Language Swedish { get; } = new("sv", "Svenska", '\u00a0', "yyyy-MM-dd", "HH:mm");

    public static Language Danish { get; } = new("da", "Dansk", '.', "dd.MM.yyyy", "HH.mm");

    public static Language English { get; } = new("en", "English", ',', "yyyy-MM-dd", "HH:mm");

    public static IReadOnlyList<Language> All { get; } = [Swedish, Danish, English];

    /// <summary>As tenant files, browsers and pages name it.</summary>
    public string Code { get; }

    /// <summary>In itself.</summary>
    public string Name { get; }

    private char Thousands { get; }

    private string Date { get; }

    private string Clock { get; }

    /// <summary>Null for one that nothing is written in.</summary>
    public static Language? Find(string? code) => All.FirstOrDefault(language => language.Code == code);

    public static Language Of(string code) => Find(code) ?? English;

    /// <summary>Words of ours, by their English.</summary>
    public string this[string english] => _file.Words.GetValueOrDefault(english, english);

    /// <summary>A sentence of ours with values in it.</summary>
    public string this[Sentence english] => FormOf(english).Fill((number, _) => Shown(english.Values[number]));

    /// <summary>The same, for who puts the values in.</summary>
    internal SentenceForm FormOf(Sentence english) => SentenceForm.Of(
        _file.One.TryGetValue(english.Form, out var one) && Shown(english.Values[0]) == SentenceForm.One ? one : this[english.Form]);

    /// <summary>What a record tells, which holds it in English. What no form fits, as the words of another system, stays as it is.</summary>
    public string Told(string english) => _retelling.Of(english);

    /// <summary>What a code means.</summary>
    public string MeaningOf(string code, string english) => _file.Codes.GetValueOrDefault(code)?.Sentence ?? english;

    /// <summary>What can be done about it.</summary>
    public string AdviceOn(string code, string english) => _file.Codes.GetValueOrDefault(code)?.Advice ?? english;

    public string Number(int count) => count.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', Thousands);

    public string Day(DateOnly day) => day.ToString(Date, CultureInfo.InvariantCulture);

    public string Time(DateTime time) => time.ToString($"{Date} {Clock}", CultureInfo.InvariantCulture);

    internal string Shown(object? value) => value switch
    {
        DateOnly day => Day(day),
        string text when DateOnly.TryParseExact(text, "yyyy-MM-dd", out var day) => Day(day),
        string text when DateTime.TryParseExact(text, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) => Time(time),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value?.ToString() ?? "",
    };
}
