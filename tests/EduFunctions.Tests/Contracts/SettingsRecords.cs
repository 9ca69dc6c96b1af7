using System.Reflection;
using EduFunctions.Pipeline.Contracts;

namespace EduFunctions.Tests.Contracts;

/// <summary>The records that a tenant file is bound to.</summary>
internal static class SettingsRecords
{
    /// <summary>A record and all that its properties hold, however deep.</summary>
    public static IReadOnlyCollection<Type> Below(params IEnumerable<Type> roots)
    {
        var found = new HashSet<Type>();
        var open = new Queue<Type>(roots);
        while (open.TryDequeue(out var type))
        {
            foreach (var held in Held(type).Where(held => held != typeof(Secret) && !held.IsEnum && held.Assembly == typeof(Tenant).Assembly && found.Add(held)))
            {
                PropertiesOf(held).ToList().ForEach(property => open.Enqueue(property.PropertyType));
            }
        }

        return found;
    }

    /// <summary>What a file can give, inherited ones included.</summary>
    public static IEnumerable<PropertyInfo> PropertiesOf(Type type) =>
        type.GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(property => property.SetMethod is not null);

    private static IEnumerable<Type> Held(Type type) => type.IsGenericType ? type.GetGenericArguments().SelectMany(Held) : [type];
}
