using System.Security;
using System.Text;

namespace EduFunctions.Simulators.Unilogin;

/// <summary>A document with a class and some pupils, in both versions and all packages: enough for what is about calls, not content.</summary>
public static class SmallExport
{
    /// <param name="pupils">First names of an institution's pupils.</param>
    public static ExportWriter Of(Func<string, IReadOnlyList<string>> pupils) => (question, output) => Write(question, pupils(question.Institution), output);

    /// <summary>A document that repeats its pupils until it has about this many bytes.</summary>
    public static ExportWriter OfSize(long bytes) => (question, output) =>
    {
        var names = Spaces.Of(question);
        var pupil = Encoding.UTF8.GetBytes(Pupil(names, question, "Ida", 1));
        Text(output, Head(names, question));
        for (var written = 0L; written < bytes; written += pupil.Length)
        {
            output.Write(pupil);
        }

        Text(output, Tail(names));
    };

    private static void Write(ExportQuestion question, IReadOnlyList<string> pupils, Stream output)
    {
        var names = Spaces.Of(question);
        Text(output, Head(names, question));
        foreach (var (i, name) in pupils.Index())
        {
            Text(output, Pupil(names, question, name, i));
        }

        Text(output, Tail(names));
    }

    private static string Head(Spaces names, ExportQuestion question) =>
        $"<p:{names.Root} xmlns:p=\"{names.Package}\" accessLevel=\"{names.Level}\" exportDateTime=\"2026-09-01T02:15:04+02:00\">"
        + $"<ec:ImportSource xmlns:ec=\"{names.Source}\" schoolYear=\"2026-2027\" source=\"TEST-SIS\" sourceDateTime=\"2026-08-31T21:40:00+02:00\"></ec:ImportSource>"
        + $"<p:Institution>{Element(names.Data, "InstitutionNumber", question.Institution)}{Element(names.Data, "InstitutionName", "Prøveskolen")}"
        + $"<ec:Group xmlns:ec=\"{names.Data}\"><ec:GroupId>H-7A</ec:GroupId><ec:GroupName>7.A</ec:GroupName><ec:GroupType>Hovedgruppe</ec:GroupType></ec:Group>";

    private static string Tail(Spaces names) => $"</p:Institution></p:{names.Root}>";

    private static string Pupil(Spaces names, ExportQuestion question, string name, int number)
    {
        var user = $"{question.Institution.ToLowerInvariant()}{number:00}";
        var login = question.Version == 6 ? Login(names, question, user) : "";
        var protection = question.Package.StartsWith("Fuld", StringComparison.Ordinal) ? $" protected=\"false\"{(question.Version == 6 ? " verificationLevel=\"1\"" : "")}" : "";
        return $"<p:InstitutionPerson source=\"TEST-SIS\">{login}<p:Person{protection}>{Element(names.Data, "FirstName", name)}{Element(names.Data, "FamilyName", "Prøvesen")}"
            + (question.Version == 7 ? Element(names.Data, "UserId", user) : "")
            + $"</p:Person><p:Student>{Element(names.Role, "Role", "Elev")}{Element(names.Role, "Level", "7")}{Element(names.Role, "MainGroupId", "H-7A")}</p:Student></p:InstitutionPerson>";
    }

    private static string Login(Spaces names, ExportQuestion question, string user)
    {
        var ns = question.Package == "Lille" ? names.Package : names.Source;
        return $"<l:UNILogin xmlns:l=\"{ns}\">{Element(question.Package == "Lille" ? names.Package : names.Data, "UserId", user)}</l:UNILogin>";
    }

    private static string Element(string ns, string name, string value) => $"<x:{name} xmlns:x=\"{ns}\">{SecurityElement.Escape(value)}</x:{name}>";

    private static void Text(Stream output, string text) => output.Write(Encoding.UTF8.GetBytes(text));

    private sealed record Spaces(string Root, string Level, string Package, string Source, string Data, string Role)
    {
        public static Spaces Of(ExportQuestion question)
        {
            var (suffix, level) = question.Package switch { "Lille" => ("Small", "small"), "Mellem" => ("Medium", "medium"), "Fuld" => ("Full", "full"), _ => ("FullMyndighed", "full") };
            var root = $"UNILoginExport{suffix}";
            return question.Version == 7
                ? new Spaces(root, level, $"{Names.Eksport(7)}/{suffix.ToLowerInvariant()}", $"{Names.Eksport(7)}/common", $"{Names.Eksport(7)}/common", $"{Names.Eksport(7)}/common")
                : new Spaces(
                    root, level, $"https://wsieksport.unilogin.dk/eksport/{suffix.ToLowerInvariant()}", "https://wsieksport.unilogin.dk/eksport",
                    "https://unilogin.dk/data", "https://unilogin.dk/data/transitional");
        }
    }
}
