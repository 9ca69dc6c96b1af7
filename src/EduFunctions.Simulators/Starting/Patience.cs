using System.Globalization;

namespace EduFunctions.Simulators.Starting;

/// <summary>How long something that was started may take. <c>EDUFUNCTIONS_PATIENCE</c> multiplies it, for machines that have a lot to do.</summary>
public static class Patience
{
    public const string Variable = "EDUFUNCTIONS_PATIENCE";

    public static TimeSpan Of(TimeSpan usual) =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } factor ? usual * double.Parse(factor, CultureInfo.InvariantCulture) : usual;
}
