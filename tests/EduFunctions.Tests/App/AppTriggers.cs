using System.Reflection;
using EduFunctions.App;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;

namespace EduFunctions.Tests.App;

/// <summary>The functions of the app, as the host would find them.</summary>
internal static class AppTriggers
{
    /// <summary>As on a developer's machine.</summary>
    public static IConfiguration LocalConfiguration { get; } = new ConfigurationBuilder()
        .AddInMemoryCollection([new("AzureWebJobsStorage", "UseDevelopmentStorage=true")])
        .Build();

    public static IReadOnlyList<MethodInfo> All { get; } =
        [.. typeof(Triggers).GetMethods().Where(method => method.GetCustomAttribute<FunctionAttribute>() is not null)];

    public static IReadOnlyList<(MethodInfo Function, ParameterInfo Parameter, T Trigger)> With<T>() where T : Attribute =>
        [.. from function in All
            from parameter in function.GetParameters()
            where parameter.GetCustomAttribute<T>() is not null
            select (function, parameter, parameter.GetCustomAttribute<T>()!)];

    public static (MethodInfo Function, ParameterInfo Parameter) OfQueue(string queue)
    {
        var found = With<QueueTriggerAttribute>().Single(trigger => trigger.Trigger.QueueName == queue);
        return (found.Function, found.Parameter);
    }

    /// <summary>Properties through which functions put messages on queues.</summary>
    public static IReadOnlyList<(PropertyInfo Property, QueueOutputAttribute Output)> Outputs { get; } =
        [.. from type in All.Select(function => function.ReturnType).Where(type => type.IsGenericType).Select(type => type.GenericTypeArguments[0]).Distinct()
            from property in type.GetProperties()
            where property.GetCustomAttribute<QueueOutputAttribute>() is not null
            select (property, property.GetCustomAttribute<QueueOutputAttribute>()!)];
}
