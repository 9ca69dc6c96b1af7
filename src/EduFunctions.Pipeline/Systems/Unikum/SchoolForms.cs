using System.Text;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.Unikum;

/// <summary>Unikum knows a school by one school form; a unit has any number of school types.</summary>
internal sealed class SchoolForms
{
    private const string Compulsory = "se.grundskoleutbildning.grundskola";
    private const string Adapted = "se.grundskoleutbildning.sarskola.grundsarskola";
    private const string Adults = "se.vuxenutbildning";

    /// <summary>The first type a unit has decides.</summary>
    private static readonly (string Type, string Form)[] Usual =
    [
        ("GR", Compulsory), ("FKLASS", Compulsory), ("GY", "se.gymnasieutbildning.gymnasieskola"), ("GRS", Adapted), ("TR", Adapted),
        ("FS", "se.forskoleverksamhet.forskola"), ("VUX", Adults), ("VUXSFI", Adults), ("VUXGR", Adults), ("VUXGY", Adults), ("VUXSARGR", Adults),
        ("VUXSARTR", Adults), ("VUXSARGY", Adults), ("SFI", Adults), ("SARVUX", Adults), ("SARVUXGR", Adults), ("SARVUXGY", Adults),
    ];

    // By number of the school type, in the order in which they decide.
    private readonly (ulong Type, byte[] Form)[] _forms;

    public SchoolForms(Roster roster, UnikumSettings settings)
    {
        var types = roster.Vocabulary.SchoolTypes;
        _forms =
        [
            .. All(settings).Select(entry => (Number: types.Index().FirstOrDefault(type => type.Item == entry.Type).Index, entry.Form))
                .Where(entry => entry.Number is > 0 and <= byte.MaxValue)
                .Select(entry => (SchoolTypeSet.Of((byte)entry.Number), Encoding.UTF8.GetBytes(entry.Form))),
        ];
    }

    /// <summary>Every form that may stand in the file.</summary>
    public static IReadOnlyCollection<string> Known(UnikumSettings settings) => [.. All(settings).Select(entry => entry.Form)];

    /// <summary>Empty for a unit with none of the types that have a form.</summary>
    public ReadOnlySpan<byte> Of(in RosterUnit unit)
    {
        foreach (var (type, form) in _forms)
        {
            if ((unit.SchoolTypes & type) != 0)
            {
                return form;
            }
        }

        return default;
    }

    private static IEnumerable<(string Type, string Form)> All(UnikumSettings settings) =>
    [
        .. Usual.Select(entry => (entry.Type, settings.SchoolForms.GetValueOrDefault(entry.Type, entry.Form))),
        .. settings.SchoolForms.Where(entry => Usual.All(usual => usual.Type != entry.Key)).OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => (entry.Key, entry.Value)),
    ];
}
